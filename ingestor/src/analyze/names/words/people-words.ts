/** Words beside people's names: for the recorded person, for the crew, and parts of names that are no name alone. */
import type { WordList } from './word-list.ts';

/** Whose name or number follows or precedes is the recorded person. */
export const PERSON: WordList = {
  en: `actor actress actors talent talents tlnt tal perf prfmr performer performers subject subjects subj sub person people participant
    participants double doubles standin standins stuntdouble stuntdoubles model models cast casts character characters char artist player host guest interviewee interviewees
    speaker presenter patient volunteer human sitter`,
  fr: `acteur actrice acteurs comedien comedienne comediens sujet sujets personne modele modeles participant intervenant
    personnage artiste invite invitee`,
  de: `schauspieler schauspielerin darsteller darstellerin proband probandin probanden person modell teilnehmer
    teilnehmerin vp sprecher sprecherin gast figur kuenstler`,
  es: `actriz actores sujeto sujetos persona personas modelo modelos participante talento personaje interprete
    entrevistado entrevistada invitado`,
  it: `attore attrice attori soggetto soggetti persona modello modella partecipante talento personaggio interprete
    intervistato intervistata ospite`,
  pt: `ator atriz atores sujeito sujeitos pessoa participante elenco personagem convidado entrevistada`,
  ja: `haiyu haiyuu joyu danyu yakusha moderu hikensha`,
  other: `俳優 女優 役者 被写体 モデル 出演者 演员 演員 模特 배우 모델 출연자 актер актёр актриса модель ηθοποιός`,
};

/** Whose name follows is not the recorded person, but worked on the recording. */
export const CREW: WordList = {
  en: `dit dop dp director dir producer prod operator camop op by from sent uploaded uploader editor edited edit
    colorist colourist dataloader loader wrangler supervisor vfxsup assistant recordist mixer photographer
    cinematographer gaffer grip client contact attn courtesy via shotby gradedby owner author`,
  fr: `realisateur realisatrice operateur monteur monteuse etalonneur ingenieur chef assistant cadreur perchman par`,
  de: `regie regisseur kameramann kamerafrau tonmann tonmeister cutter schnitt kunde assistenz von`,
  es: `directora operador operadora montador editora colorista sonidista fotografo cliente por`,
  it: `regia regista operatore montatore direttore fotografo cliente da`,
  pt: `diretor diretora operador montador cliente`,
  ja: `kantoku kameraman`,
  other: `監督 撮影者 カメラマン 导演 摄影师 감독 режиссер оператор от`,
};

/** Begins a name that an artist has chosen: 'The Baroness', 'DJ Kestrel'. */
export const STAGE_TITLES = `the lil dj mc big mama papa king queen prince princess young old little baby saint captain doctor professor brother sister uncle aunt
  black white red blue el la le les das der die`;

/** Parts of a name that join others: 'van der Berg'. */
export const PARTICLES = `van von der den de del della di da dos das du la le el al bin ibn ben bint abu st ter ten vom zu zum af av ap
  ní nic ua y e`;

/** Forms of address before a name. */
export const TITLES = `mr mrs ms miss mx dr prof sir lady lord herr frau fraulein mme mlle monsieur madame señor senor señora senora
  sra sig signora signor dona`;

/** Forms of address after a name. */
export const HONORIFICS = `san sama kun chan さん 様 さま くん ちゃん 先生 氏 님 씨 女士 jr sr ii iii`;

/** Beside it stands the name of a project or a company, which may sound like a person's. */
export const NAMED: WordList = {
  en: `project proj show film movie production productions company studio studios agency network client operation codename spot
    campaign series brand inc ltd llc gmbh corp pictures films entertainment`,
  fr: `projet film societe agence`,
  de: `projekt film firma agentur produktion`,
  es: `proyecto pelicula empresa agencia productora`,
  it: `progetto film azienda agenzia`,
  pt: `projeto filme empresa agencia produtora`,
  other: `プロジェクト 株式会社 项目 公司 프로젝트 проект`,
};

/** Papers and microphones of one person: whose, stands beside it. */
export const ABOUT_PERSON: WordList = {
  en: `lav lavs lavalier lapel consent release releases rls rel relform measurements measurement wardrobe fitting headshot headshots selftape selftapes
    audition auditions bio cv resume contract agreement waiver passport interview int likeness`,
  fr: `autorisation cession contrat mensurations costume entretien interview hf cravate`,
  de: `einwilligung einverstaendnis vertrag masse interview ansteck ansteckmikro ansteckmikrofon`,
  es: `cesion contrato medidas vestuario entrevista corbata`,
  it: `liberatoria contratto misure costumi intervista`,
  pt: `autorizacao cessao contrato medidas figurino entrevista lapela`,
  ja: `doisho keiyaku intabyu pinmaiku`,
  other: `同意書 契約書 インタビュー ピンマイク 採寸 同意书 合同 采访 领夹麦 동의서 인터뷰 핀마이크 согласие договор интервью петличка`,
};

/** A number after one of these names a person whose own name is kept out: 'SUBJ_001', 'Actor 3'. */
export const NUMBERED_PERSON = `subject subjects subj sub actor actress talent performer participant person proband probandin vp sujet acteur
  actrice sujeto actriz soggetto attore attrice sujeito ator atriz hikensha pessoa persona 被験者 被写体 俳優 演员 배우 актер актёр актриса`;
