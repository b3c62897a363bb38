/** Words beside people's names: for the recorded person, for the crew, and parts of names that are no name alone. */
import type { WordList } from './word-list.ts';

/** Words beside the name or the number of the recorded person. */
export const PERSON: WordList = {
  en: `actor actress actors talent talents tlnt tal perf prfmr performer performers subject subjects subj sub person people participant
    participants double doubles standin standins stuntdouble stuntdoubles model models cast casts character characters char artist player host guest interviewee interviewees
    speaker presenter patient volunteer human sitter
    handler rider wearer contestant patients singer vocalist dancer stuntman stuntwoman`,
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
  nl: `acteur actrice acteurs deelnemer deelnemers proefpersoon spreker`,
  pl: `aktor aktorka aktorzy osoba osoby uczestnik uczestnicy statysta`,
  cs: `herec herecka herci osoba osoby ucastnik ucastnici figurant`,
  sv: `skadespelare skuespiller skuespillere nayttelija nayttelijat person personer deltagare deltager`,
  hu: `szinesz szineszno szineszek szereplo szereplok`,
  tr: `oyuncu oyuncular denek denekler kisi kisiler`,
  vi: `dienvien nguoimau`,
  id: `aktor aktris pemain orang`,
  ro: `actori participanti`,
};

/** Words before the name of a person who worked on the recording and is not recorded. */
export const CREW: WordList = {
  en: `dit dop dp director dir producer prod operator camop op by from sent uploaded uploader editor edited edit
    colorist colourist dataloader loader wrangler supervisor vfxsup assistant recordist mixer photographer
    cinematographer gaffer grip client contact attn courtesy via shotby gradedby owner author
    op ops sup supe supervised shooter filmer videographer steadicam focuspuller 1stac 2ndac scripty colouring animator vendor reviewer approver contactperson coordinator coord runner technician engineer boomop soundie stitcher`,
  fr: `realisateur realisatrice operateur monteur monteuse etalonneur ingenieur chef assistant cadreur perchman par`,
  de: `regie regisseur kameramann kamerafrau tonmann tonmeister cutter schnitt kunde assistenz von`,
  es: `directora operador operadora montador editora colorista sonidista fotografo cliente por`,
  it: `regia regista operatore montatore direttore fotografo cliente da`,
  pt: `diretor diretora operador montador cliente`,
  ja: `kantoku kameraman`,
  other: `監督 撮影者 カメラマン 导演 摄影师 감독 режиссер оператор от`,
  nl: `regisseur cameraman fotograaf geluidsman editor namens`,
  pl: `rezyser operator operatorka fotograf dzwiekowiec montazysta klient`,
  cs: `reziser kameraman fotograf zvukar strihac klient`,
  sv: `regissor fotograf ljudtekniker klippare instruktor fotografi kuvaaja ohjaaja`,
  hu: `rendezo operator vago`,
  tr: `yonetmen kameraman fotografci kurgucu sesci musteri`,
  vi: `daodien quayphim`,
  id: `sutradara kameramen fotografer penyunting`,
  ro: `regizor operator fotograf monteur`,
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
    campaign series brand inc ltd llc gmbh corp pictures films entertainment
    bureau postproduction facility facilities srl sarl ltda pty sro kft`,
  fr: `projet film societe agence`,
  de: `projekt film firma agentur produktion`,
  es: `proyecto pelicula empresa agencia productora`,
  it: `progetto film azienda agenzia`,
  pt: `projeto filme empresa agencia produtora`,
  other: `プロジェクト 株式会社 项目 公司 프로젝트 проект`,
  nl: `bureau productiehuis bedrijf`,
  pl: `projekt firma agencja`,
  cs: `projekt firma agentura`,
  sv: `projekt bolag byra`,
  hu: `ceg ugynokseg`,
  tr: `proje sirket ajans`,
  id: `proyek`,
  ro: `proiect agentie`,
};

/** Follows the name of a company, which may sound like a person's: 'Hartmann GmbH'. */
export const COMPANIES = `inc ltd llc gmbh corp srl sarl ltda pty sro kft plc studios pictures films entertainment productions agency agentur casting`;

/** Papers and microphones of one person: whose, stands beside it. */
export const ABOUT_PERSON: WordList = {
  en: `lav lavs lavalier lapel consent release releases rls rel relform measurements measurement measure wardrobe fitting headshot headshots selftape selftapes
    audition auditions bio cv resume contract agreement waiver passport interview int likeness`,
  fr: `autorisation cession contrat mensurations costume entretien interview hf cravate`,
  de: `einwilligung einverstaendnis vertrag masse interview ansteck ansteckmikro ansteckmikrofon`,
  es: `cesion contrato medidas vestuario entrevista corbata`,
  it: `liberatoria contratto misure costumi intervista`,
  pt: `autorizacao cessao contrato medidas figurino entrevista lapela`,
  ja: `doisho keiyaku intabyu pinmaiku`,
  other: `同意書 契約書 インタビュー ピンマイク ピン 採寸 同意书 合同 采访 领夹麦 동의서 인터뷰 핀마이크 согласие договор интервью петличка`,
  nl: `toestemming contract maten`,
  pl: `zgoda zgody umowa wymiary`,
  cs: `souhlas smlouva miry`,
  sv: `samtycke samtykke avtal suostumus`,
  hu: `hozzajarulas szerzodes meretek`,
  tr: `onay izin sozlesme yaka olculer`,
  vi: `hopdong`,
  id: `persetujuan kontrak`,
  ro: `acord contract`,
};

/** A number after one of these names a person whose own name is kept out: 'SUBJ_001', 'Actor 3'. */
export const NUMBERED_PERSON = `subject subjects subj sub actor actress talent performer participant person proband probandin vp sujet acteur
  actrice sujeto actriz soggetto attore attrice sujeito ator atriz hikensha pessoa persona 被験者 被写体 俳優 演员 배우 актер актёр актриса`;

/** Between a person's name and that of the character: 'Jane Doe as Queen Mary'. */
export const AS_CHARACTER = `as als comme como come som jako rolle role`;

/** Parts of a show: a delivery that has one in its name is named for the show, which may sound like a person. */
export const PARTS_OF_SHOW = `unit ep eps episode episodes season seasons staffel folge block blk reel pilot trailer teaser promo puntata
  capitulo saison film movie series tour musical opera play campaign commercial spot feature short mv musicvideo`;

/** A delivery that has one in its name shows places or things, which may sound like people: 'Florence_recce', 'Lancaster_plates'. */
export const WITHOUT_PEOPLE = `recce recces scout scouting scouted location locations loc locs plates streetplates stockplates bgplates stock backplates backgrounds
  aerial aerials drone drones landscape landscapes panorama panoramas furniture product products packshot packshots prop props vehicle vehicles
  miniature miniatures choir orchestra concert thesis reperage reperages drehorte motivsuche motive localizaciones localizacion sopralluogo sopralluoghi
  locacoes locacao plenery lokasyon mobel moebel mobili meubles muebles moveis produkt produkte produits productos prodotti`;

/** Names of people that are known as names of places rather: one alone is no person where nothing else says so. */
export const NAMES_THAT_ARE_PLACES = `adelaide alexandria austin berlin brooklyn bristol carolina charlotte chelsea chester cordoba dakota dallas denver devon dover
  florence georgia hamilton hudson india israel jackson jordan kent kingston lancaster lincoln london lourdes lucca madison memphis milan montana nevada odessa
  orlando paris petra phoenix portland preston raleigh regina roma salem san santiago savannah siena sofia sydney trinity valencia venezia verona victoria vienna
  virginia warren washington wellington windsor york`;

/** Given names that are words too: one beside a word for things is the thing, 'crystal ball'. */
export const NAMES_THAT_ARE_WORDS = `amber angel april art august autumn bill brook buck carol cash chance chase chip christian clay cliff
  coral crystal daisy dale dawn dean destiny drew eden faith fern flora forest frank gene glen grace grant guy hazel heath heather holly hope
  hunter iris ivory ivy jack jade jasmine jean jewel joy june lane lily mark marina mason may melody mercy miles misty olive opal page paris parker pat pearl penny
  poppy rain ray reed rich robin rob rocky rose ruby rusty sage sandy savannah scarlet sierra sky skip star stone summer sunny tanner violet wade will willow winter wren`;

/** A delivery of these has names of animals and puppets; people there have a family name too. */
export const OF_ANIMALS = `animal animals dog dogs kennel puppy puppies cat cats kitten kittens horse horses pony ponies stable pet pets creature creatures zoo livestock
  puppet puppets marionette marionettes stopmo stopmotion doll dolls toy toys hund hunde katze pferd pferde tiere chien chiens chat cheval chevaux perro perros
  gato gatos caballo caballos cane cani gatto cavallo cavalli animale animali cachorro cavalo cavalos`;

/** Software with people's names: beside other software, or in a delivery named for it, a name is the software. */
export const SOFTWARE_WITH_NAMES = `maya arnold mari max katana flame clarisse marvelous alembic renderman cascadeur mocha silhouette`;
export const SOFTWARE = `nuke houdini premiere resolve davinci avid blender zbrush substance unreal unity photoshop lightroom aftereffects baselight
  shotgrid ftrack motionbuilder cinema4d syntheyes pftrack mudbox adobe autodesk`;
