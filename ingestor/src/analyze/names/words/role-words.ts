/** Words that tell the role of a file: what was recorded, what was made from it, and what merely describes it. */
import type { WordList } from './word-list.ts';

/** Versions whose colours were changed. */
export const GRADED: WordList = {
  en: `graded grade grades grading gr1 gr2 gr3 gr4 gr5 gr6 gr7 gr8 gr9 regrade regraded rec709 709 rec2020 colorgraded colourgraded colorgrade cc cdl
    lut lutted luted onelight bestlight timed colortimed colorcorrected colourcorrected colorcorrection colourcorrection
    colorgrading colourgrading colourgrade corrected p3d65 hdrgrade sdrgrade`,
  fr: `etalonne etalonnee etalonnes etalonnees etalonnage etalo etal colorimetrie corrige corrigee
    gradee grades gradees colorise colorisee`,
  de: `gegradet farbkorrektur farbkorrigiert lichtbestimmung lichtbestimmt korrigiert gefaerbt abgestimmt
    farbabgestimmt farbangleichung lichtbestimmte gradings`,
  es: `etalonado etalonaje etalonados gradeado colorizado corregido corregida graduado coloreado dosificado
    etalonada gradeada gradeados colorizada correcciondecolor`,
  it: `gradato gradati corretto corretta correzione colorizzato graduato colorcorretto
    colorgrading colorizzati corretti gradata`,
  pt: `corrigido corrigida colorizado colorido gradeada marcacao graduada gradeado gradeados colorizacao correcaodecor`,
  ja: `karakore guredo gureden iroawase shikisai karaguree gureedeingu irohosei`,
  other: `カラコレ グレーディング グレード 調色 调色 校色 보정 색보정 цветокор цветокоррекция грейдинг
    カラーグレーディング 色補正 色調整 校色版 调色版 調色版 调色后 색보정본 컬러그레이딩 디아이 цветокорр грейд`,
  nl: `gegradeerd gegradeerde kleurcorrectie kleurgecorrigeerd gecorrigeerd`,
  pl: `korekcja korekcji kolorkorekcja koloryzacja gradowane skorygowane`,
  cs: `korekce barevnekorekce gradovano gradovane kolorovane`,
  sv: `graderat graderad graderade gradert graderte gradering fargkorrigerat fargkorrigering
    fargekorrigert fargekorreksjon farvekorrigeret farvekorrektion varimaaritelty varimaarittely varikorjattu litgreining`,
  hu: `fenyelt fenyeles szinkorrekcio szinkorrigalt`,
  tr: `renkduzenleme renkduzeltme duzeltilmis gradelenmis`,
  vi: `chinhmau`,
  id: `koreksiwarna`,
  ro: `corectiedeculoare corectat corectata etalonat etalonaj`,
};

/** Words for colour: a folder with nothing else in its name holds graded files; `color charts` are none. */
export const COLOUR: WordList = {
  en: `color colour colors colours`,
  fr: `couleur couleurs`,
  de: `farbe farben`,
  es: `color colores`,
  it: `colore colori`,
  pt: `cor cores`,
  ja: `karaa`,
  other: `カラー 色 颜色 顏色 색 색상 컬러 цвет цвета χρώμα لون ألوان צבע`,
  nl: `kleur kleuren`,
  pl: `kolor kolory`,
  cs: `barva barvy`,
  sv: `farg farger farge farve farver vari varit litur litir`,
  hu: `szin szinek`,
  tr: `renk renkler`,
  vi: `mausac`,
  id: `warna`,
  ro: `culoare culori`,
};

/** Small copies for viewing and editing. */
export const PROXY: WordList = {
  en: `proxy proxies proxys prox prxy pxy transcode transcodes transcoded offline playblast playblasts timeline timelines preview previews lowres lores
    viewing review reviews screener screeners dailies daily webversion cut cuts roughcut finecut assembly edit edits stringout stringouts h264 avclb dnxlb lb lbr lrv editproxy editproxies viewingcopy avid avidmxf dnx36 dnxhd36 dnx lock picturelock`,
  fr: `apercu apercus previsu previsualisation visionnage basse legere`,
  de: `vorschau vorschauen ansicht ansichtskopie ansichtskopien muster`,
  es: `previsualizacion baja copion visionado`,
  it: `anteprima anteprime visione giornalieri`,
  pt: `previa previas visualizacao proxi proxis`,
  ja: `purokishi`,
  other: `プロキシ プレビュー 代理 预览 프록시 прокси превью`,
};

/** Recordings as the camera wrote them. */
export const RAW: WordList = {
  en: `raw raws ocn original originals ocf log logc logc3 logc4 slog slog2 slog3 clog clog2 clog3 vlog flog nlog dlog log3g10 rushes
    source sources footage native cameraoriginal cameraoriginals ungraded unprocessed camneg`,
  fr: `brut bruts brute brutes originaux rush derush`,
  de: `roh rohmaterial rohdaten originale`,
  es: `bruto brutos bruta crudo crudos originales`,
  it: `grezzo grezzi girato originali`,
  pt: `brutos originais`,
  ja: `sozai genpan nama`,
  other: `素材 原素材 原始 원본 исходники исходник`,
};

export const SOUND: WordList = {
  en: `audio aud sound snd wav wavs wave lav lavs lavalier boom booms mic mics microphone mix
    mixdown mixdowns stereomix mono stereo iso isos polywav poly bwf tone roomtone wildtrack wildtracks wild
    dialogue dialog vo voiceover adr foley music mus ambience ambiance ambient atmos noise scratch guide soundroll
    soundrolls track tracks trk channel chan ch tr lr recorder zoom h4n h5 h6 mixpre sd633 sd688 sd788 playback scorpio nagra tascam tentacle
    wireless rf plant lapel headset earset shotgun radio sfx daw protools`,
  fr: `son sons piste pistes micro micros perche cravate voix musique ambiances mixage sonore prisedeson
    silenceplateau sonseul sonsseuls tonpiece`,
  de: `ton toene tonaufnahme tonaufnahmen tonspur spur spuren mikro mikrofon ansteck tonangel klang musik stimme
    mischung atmo atmos raumton raumtoene raumatmo nullatmo`,
  es: `sonido sonidos pista pistas microfono micros perchas pertiga corbata voz voces musica mezcla
    tonosala tonodesala sonidodirecto`,
  it: `suono suoni traccia tracce microfono microfoni asta giraffa voce musica missaggio presadiretta fonico
    fondino rumoredifondo suonosolo`,
  pt: `som sons faixa faixas microfone lapela vara vozes trilha mixagem captacao tomdesala somambiente`,
  ja: `onsei oto rokuon onkyo maiku otosozai ruumutoon kankyouon`,
  other: `音声 録音 音 音響 マイク 声音 音频 录音 同期声 오디오 사운드 음향 녹음 동시녹음 звук звуки петличка микс аудио микрофон ήχος صوت सं
    ルームトーン 環境音 环境音 环境声 環境聲 空气声 룸톤 현장음 интершум атмосфера`,
  nl: `geluid muziek stem kamertoon ruimtetoon ruimtegeluid`,
  pl: `dzwiek dzwieki glos muzyka mikroport cisza atmosfera`,
  cs: `zvuk zvuky hlas hudba mikroport atmosfera`,
  sv: `ljud lyd lyde hljod aani musik musikk stemme
    romtone romtoner rumtone rumston rumstoner rumsljud rumlyd romlyd atmosljud atmoslyd tilaaani huoneaani vildljud`,
  hu: `hangok zene teremhang teremzaj alapzaj atmoszfera`,
  tr: `ses sesler muzik ortam yakamikrofonu odatonu odasesi ortamsesi`,
  vi: `amthanh tiengphong tiengnen`,
  id: `suara musik suararuangan nadaruang`,
  ro: `sunet sunete muzica voce tondecamera sunetcamera ambianta`,
};

/** Papers and tables about a recording. */
export const DOCUMENT: WordList = {
  en: `report reports rpt rpts rprt rprts camreport camreports soundreport document documents doc docs paperwork note notes log
    logs logsheet logsheets sheet sheets callsheet callsheets call contact contactsheet contactsheets shotlist
    shotlists list lists script scripts storyboard storyboards boards release releases rls consent nda waiver
    manifest manifests checksum checksums md5 mhl xxhash hash readme license licence comment comments feedback ale edl xml aaf csv pdf
    metadata meta info sidecar sidecars thumb thumbs thumbnail thumbnails thmbnl index continuity schedule
    schedules budget invoice instructions help about changelog credits brief briefs moodboard moodboards
    luts lutpack cube cubes looks cdls slate slates clapper clappers clapperboard clapperboards icon icons transcript transcripts transcription subtitles screenshot screenshots poster posters artwork flyer
    concept concepts conceptart artworks designs sides xsheet xsheets dopesheet dopesheets treatment treatments rota rotas roster rosters timetable timetables kit deck pitch itinerary risk insurance certificate certificates passports licences visa visas permit permits callsheet dpr shotlog`,
  fr: `rapport rapports feuille feuilles document notes fiche fiches planche planches contacts scenario
    depouillement contrat contrats autorisation autorisations droits plan facture liste listes lisezmoi
    vignette vignettes compterendu ardoise ardoises clap claps`,
  de: `bericht berichte protokoll protokolle dokument dokumente unterlagen notiz notizen dispo dispos
    drehbuch drehplan kontaktabzug kontaktbogen liste listen vertrag vertraege einwilligung kamerabericht
    tonbericht liesmich negativbericht klappe klappen klappenbilder
    filmklappe filmklappen klappenbild klappenfoto klappenfotos`,
  es: `informe informes reporte reportes parte partes documento documentos nota notas hoja hojas guion guiones
    contrato contratos cesion listado listados orden leeme plandetrabajo contactos claqueta claquetas
    pizarra pizarras`,
  it: `rapporto rapporti bollettino bollettini documento documenti nota note foglio fogli sceneggiatura contratto
    contratti liberatoria liberatorie elenco elenchi ordine leggimi provini ciak`,
  pt: `ficha fichas relatorio relatorios documento documentos nota notas folha folhas roteiro roteiros contrato contratos
    autorizacao ordem boletim boletins lista listas leiame claquete claquetes`,
  ja: `hokoku houkoku hokokusho houkokusho kiroku shorui kouban koban daihon memo risuto kachinko kurappaa sureeto`,
  other: `スケジュール 予定表 日程表 リスト 一覧 契約書 許可証 일정 일정표 계약서 日程 合同 许可 график расписание договор レポート 報告 報告書 記録 資料 書類 香盤 香盤表 台本 メモ カチンコ スレート 报告 场记 场记单 文档 资料 보고서 문서 대본 отчет отчеты рапорт
    документы документ заметки сценарий README クラッパー 场记板 場記板 打板 打板照 슬레이트 클래퍼 딱딱이 хлопушка хлопушки κλακέτα`,
  nl: `verslag rapport notities lijst draaiboek klapper klappers klapbord klapborden`,
  pl: `raport raporty notatki lista umowa scenariusz klaps klapsy`,
  cs: `zprava zpravy poznamky seznam smlouva scenar klapka klapky klapek`,
  sv: `rapporter anteckningar lista notater manus raportti muistiinpanot
    klappa klappor klapper klappe klapptre klaptrae klaptraer klaffi klaffit klaffikuva`,
  hu: `jelentes jegyzet jegyzetek lista forgatokonyv csapo csapok`,
  tr: `rapor raporlar raporu notlar liste senaryo klaket klaketler`,
  vi: `baocao ghichu`,
  id: `laporan catatan daftar naskah papanklap`,
  ro: `raport rapoarte lista scenariu claqueta clacheta clachete`,
};

/** Stills: photographs and frame grabs. */
export const STILLS: WordList = {
  en: `still stills photo photos photograph photographs photography pic pics picture pictures image images img imgs
    frame frames framegrab framegrabs grab grabs polaroid polaroids portrait portraits headshot headshots jpeg jpegs jpg jpgs`,
  fr: `photos cliche cliches arret`,
  de: `foto fotos standbild standbilder bild bilder standfoto standfotos aufnahme aufnahmen`,
  es: `fotos imagen imagenes retrato retratos fotofija`,
  it: `foto fotografie immagine immagini ritratto ritratti fotodiscena`,
  pt: `fotos imagem imagens retratos`,
  ja: `shashin gazou gazo`,
  other: `写真 静止画 照片 剧照 图片 사진 фото фотографии`,
  pl: `zdjecie fotografie fotosy`,
  cs: `snimek snimky`,
  sv: `bilder billeder kuvat`,
  hu: `kep kepek fotok`,
  tr: `fotograflar`,
  ro: `poze fotografii`,
};
