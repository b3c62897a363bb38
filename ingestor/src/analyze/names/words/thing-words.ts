/** Words that name something other than a person: what is recorded, where, and how files are delivered. */
import type { WordList } from './word-list.ts';

/** Recordings that show no person in particular. */
export const OF_NO_PERSON: WordList = {
  en: `chart charts cht chts chrt chrts macbeth colorchecker colourchecker colorchart colourchart xrite x-rite spyder checker checkerboard
    chessboard greycard graycard greyball grayball chromeball chrome mirrorball slate slates clapper
    clappers clapperboard clapperboards hdri hdris ibl lightprobe lightprobes probe probes panorama panoramas pano panos lensgrid lensgrids
    distortion distortions calibration calibrations calib cal calibrate vignetting flatfield blackframe blackframes darkframe
    darkframes whitebalance wb focuschart focus resolution siemensstar cleanplate cleanplates clean empty emptyset bg bgs
    background backgrounds plate plates bplate greenscreen bluescreen roomtone roomtones wildtrack wildtracks broll b-roll cutaway
    cutaways insert inserts extra extras crowd atmosphere establishing stock elements element fx sfx textures texture
    wardrobe costume costumes props prop makeup hair continuity location locations scout scouting recce recces survey
    measurements measurement markers marker tracking trackers mocap lineup sync syncs synctest timecode tc flash beep pluge bars colorbars
    test tests testing camtest camtests cameratest cameratests lenstest lenstests lighttest lightingtest lightingtests
    screentest screentests technical tech setup shared common misc miscellaneous various other others group groups ensemble all everyone together both
    everybody general unknown unnamed unsorted untitled none temp tmp trash junk garbage ng outtakes bloopers accident accidental falsetake
    falsetakes falsestart blank black leader
    choir choirs band bands orchestra orchestras quartet chorus audience audiences dancers musicians singers bystanders passersby passers pedestrians everybody squad packshot packshots swatch swatches wig wigs`,
  fr: `mire mires charte chartes clap claps ardoise gris calibrage etalon fond fonds vide vides essai essais
    technique techniques tests divers commun communs groupe plaque plaques plansdecoupe decor decors reperage reperages
    accessoires maquillage coiffure ensemble tous tout autres inconnu sansnom boule chromee silenceplateau`,
  de: `tafel tafeln farbtafel farbkarte graukarte graukugel chromkugel klappe kalibrierung kalibration hintergrund
    hintergruende leer leerer leere leeres leerbild test tests technik kameratest kameratests verschiedenes sonstiges sonstige allgemein
    gruppe gemeinsam alle kostuem kostueme maske requisite requisiten motiv motive motivsuche schnittbilder
    zwischenschnitte unbekannt komparsen raumton raumtoene raumatmo nullatmo filmklappe filmklappen klappen`,
  es: `carta cartas claqueta claquetas grises calibracion calibraciones fondo fondos vacio vacia prueba pruebas
    tecnica varios comun comunes grupo todos todas general recurso recursos vestuario maquillaje utileria
    localizacion localizaciones desconocido extras bola cromada tonosala tonodesala pizarra pizarras`,
  it: `carta tavola tavole ciak grigio calibrazione calibrazioni sfondo sfondi vuoto vuota prova prove tecnica
    vari varie comune comuni gruppo tutti generale costumi trucco oggetti sopralluogo sopralluoghi sconosciuto comparse
    sfera cromata cartella-colori fondino`,
  pt: `carta cartela cartelas claquete claquetes cinza calibracao fundo fundos vazio vazia teste testes tecnica
    varios diversos comum comuns grupo todos geral figurino maquiagem locacao locacoes desconhecido cobertura esfera cromada
    tomdesala`,
  ja: `chaato kachinko tesuto haikei kyoutsuu kyotsu zenin sonota jikken kyaribureshon ruumutoon kurappaa sureeto`,
  other: `チャート カチンコ テスト 背景 共通 全員 その他 キャリブレーション グレーボール 空舞台 色卡 灰卡 灰球 测试 校准 空镜 公共 其他
    全体 차트 테스트 공용 배경 기타 캘리브레이션 슬레이트 тест тесты хлопушка фон общее разное калибровка шкала мира пробы
    ルームトーン 環境音 スレート クラッパー 环境音 环境声 環境聲 空气声 场记板 場記板 打板 룸톤 현장음 클래퍼 интершум хлопушки`,
  nl: `testbeeld kleurenkaart grijskaart klapper achtergrond leeg algemeen groep rekwisieten
    kamertoon ruimtetoon klappers klapbord klapborden`,
  pl: `tablica klaps szara kula tlo puste pusty wspolne grupa rekwizyty rekwizyt kostiumy probne inne klapsy`,
  cs: `klapka pozadi prazdne prazdny spolecne skupina rekvizity rekvizita kostymy ostatni barevna klapky klapek`,
  sv: `klappa bakgrund bakgrunn baggrund gemensamt felles faelles grupp gruppe rekvisita rekvisitter ovrigt kalibrering tausta ryhma
    klappor klapper klappe klapptre klaptrae klaptraer klaffi klaffit romtone romtoner rumtone rumston rumstoner rumsljud rumlyd romlyd tilaaani huoneaani`,
  hu: `csapo hatter ures kozos csoport kellekek egyeb szinkartya csapok teremhang teremzaj alapzaj`,
  tr: `klaket arkaplan ortak grup aksesuar diger renk karti kalibrasyon klaketler odatonu odasesi`,
  vi: `bangmau nenxanh tiengphong tiengnen`,
  id: `latar kosong umum grup properti papanklap suararuangan nadaruang`,
  ro: `claqueta fundal gol comun grup recuzita clacheta clachete tondecamera`,
};

/** Words for what is captured of a person: movements, expressions, parts of the body, kinds of scan. */
export const CAPTURE: WordList = {
  en: `rom roms facs fac au aus apose a-pose tpose t-pose pose poses posed ipose neutral neutrals expression expressions expr exprs
    emotion emotions emo phoneme phonemes viseme visemes speech talk talking dialog reading read performance performances perf acting
    improv improvisation monologue monologues interview interviews int ints vox conversation idle walk walking run
    running jump jumping sit sitting stand standing turn turns turntable turnaround rotation rotate spin dance dancing fight fighting stunt stunts
    gesture gestures motion motions move moves movement movements action actions capture captures cap scan scans
    scanning headscan bodyscan facescan 3dscan photogrammetry photogram lightstage stage lidar volumetric volcap dome
    head heads face faces facial body bodies fullbody upperbody torso hand hands arm arms leg legs feet foot eye eyes eyelid brow
    brows mouth mouths lip lips teeth tooth tongue nose ear ears cheek cheeks jaw jaws chin neck skin hair beard wrinkles pores
    finger fingers shoulder shoulders chest hips knee knees iris pupil gaze blink blinks smile smiles smiling
    smirk laugh laughs laughing cry crying scream screaming shout shouting whisper whispering sing singing anger angry happy happiness
    sad sadness sorrow fear fearful scared disgust disgusted surprise surprised contempt joyful pain painful rage
    frown frowning squint grin sneer pucker yawn cough breath breathing open opened closed shut relaxed tense
    props costume clothed clothing cloth clothes outfit nude base basemesh mesh hires lowpoly blendshape blendshapes shape shapes
    albedo normal normals specular diffuse polarized polarised crosspol parallel cross xpol displacement disp bump uv udim
    alembic rig rigs solve solves retarget train training dataset datasets sample samples validation eval target
    likeness double doubles digidouble digidoubles digital digitalhuman digitalhumans digihuman avatar avatars clone stabilised stabilized
    raise raises raised lower lowered lowerer stretch stretcher pucker puckerer funnel funneler dimple dimpler tighten tightener press pressor suck blow
    puff puffed roll rolls squeeze wrinkle wrinkler wrinkled lid lids compress depress depressor corner corners inner outer upper thrust clench clenched bite
    swallow sniff wince snarl gasp sigh hum chew kiss stare look up-down nod nods shake tilt lean twist bend reach grab throw catch kick punch fall falls
    climb crawl crouch kneel squat lie roll walkcycle cycle loop transition fwd bwd forward forwards backward backwards slow fast
    aligned crops crop cropped masks mask matte mattes segmentation roto landmarks keypoints session warmup line-up closeups`,
  fr: `amplitude mouvement mouvements expressions emotion emotions visage visages tete tetes corps main mains yeux oeil
    bouche dents langue nez oreille oreilles neutre joie colere tristesse peur degout surprise entretien entretiens
    entrevue interviews marche course saut assis debout rotation capture captures numerisation lecture jeu dialogue
    dialogues sourire rire`,
  de: `bewegung bewegungen ausdruck ausdruecke mimik gesicht gesichter kopf koepfe koerper hand haende auge augen mund
    zaehne zunge nase ohr ohren neutral freude wut trauer angst ekel ueberraschung laecheln lachen gehen laufen
    springen sitzen stehen drehung aufnahme aufnahmen gespraech gespraeche sprechen lesen dialog dialoge emotionen haltung`,
  es: `movimiento movimientos expresion expresiones emocion emociones cara caras rostro rostros cabeza cabezas cuerpo
    cuerpos mano manos ojo ojos boca dientes lengua nariz oreja orejas neutro neutra neutral alegria enojo ira
    tristeza miedo asco sorpresa entrevista entrevistas caminar correr saltar sentado captura capturas escaneo
    escaneos lectura dialogo dialogos sonrisa risa pose poses gestos`,
  it: `movimento movimenti espressione espressioni emozione emozioni viso visi volto volti testa teste corpo corpi
    mano mani occhio occhi bocca denti lingua naso orecchio orecchie neutro neutra gioia rabbia tristezza paura
    disgusto sorpresa intervista interviste camminata corsa salto scansione scansioni lettura dialogo dialoghi
    sorriso risata posa pose cattura`,
  pt: `movimento movimentos expressao expressoes emocao emocoes rosto rostos face cabeca cabecas corpo corpos mao maos
    olho olhos boca dentes lingua nariz orelha orelhas neutro neutra alegria raiva tristeza medo nojo surpresa
    entrevista entrevistas caminhada corrida captura capturas escaneamento leitura dialogo dialogos sorriso riso pose`,
  ja: `hyoujou hyojo kao kaoku karada zenshin te me kuchi ha atama dousa dosa ugoki kanjou kanjo egao intabyu taiwa
    serifu sukyan mokyapu poozu kihonshisei shinkokyu mahyoujou`,
  other: `表情 顔 体 全身 頭 動作 感情 笑顔 インタビュー セリフ スキャン モーション ポーズ 表演 采访 訪談 访谈 动作 表情 面部 脸 头 身体 扫描
    표정 얼굴 인터뷰 스캔 동작 전신 대사 интервью мимика лицо голова тело эмоции скан движение движения речь`,
  nl: `gezicht gezichten hoofd hoofden lichaam uitdrukking uitdrukkingen beweging bewegingen lachen lezen`,
  pl: `mimika twarz twarze glowa glowy cialo ruch skan skany usmiech emocje wywiad`,
  cs: `mimika oblicej obliceje hlava hlavy telo pohyb sken skeny usmev emoce rozhovor`,
  sv: `ansikte ansikten ansikt ansigt huvud hode hoved kropp krop rorelse bevegelse uttryck uttrykk leende svipur andlit kasvot paa liike ilme ilmeet hymy`,
  hu: `arc arcok fej fejek test mozgas mimika mosoly erzelem interju`,
  tr: `yuz yuzler kafa beden vucut hareket mimik ifade gulumseme duygu roportaj tarama`,
  vi: `guongmat khuonmat bieucam`,
  id: `wajah kepala badan gerakan ekspresi senyum`,
  ro: `fata fete cap corp miscare expresie zambet`,
};

/** Performances of a person: a folder or a file with one of these belongs to a person, whose name stands beside it. */
export const PERFORMANCE: WordList = {
  en: `rom roms facs apose a-pose tpose t-pose neutral neutrals expression expressions emotion emotions phoneme phonemes viseme visemes
    smile smiles smiling frown smirk grin laugh laughing cry crying angry anger happy sad surprise surprised disgust fear contempt
    monologue monologues interview interviews vox selftape audition improv talking talk reading speech headscan headscans facescan facescans bodyscan
    headshot headshots portrait portraits closeup closeups lines dialogue selftapes`,
  fr: `expressions emotions neutre sourire entretien entretiens interview monologue lecture visemes
    autotape autotapes essaifilme`,
  de: `mimik ausdruck emotionen neutral laecheln gespraech interview monolog kopfscan kopfscans gesichtsscan
    selbsttape selbsttapes ecasting ecastings vorstellungsvideo vorstellungsvideos`,
  es: `expresiones emociones neutro neutra sonrisa entrevista monologo lectura
    autotape autocasting autograbacion videocasting`,
  it: `espressioni emozioni neutro neutra sorriso intervista monologo lettura
    autoprovino autoprovini videoprovino videoprovini selftape`,
  pt: `expressoes emocoes neutro neutra sorriso entrevista monologo leitura autotape autoteste videoteste videoaudicao`,
  ja: `hyoujou hyojo egao intabyu serifu serufuteepu jidori oodishon`,
  other: `表情 笑顔 インタビュー セリフ 采访 訪談 访谈 표정 인터뷰 대사 мимика интервью эмоции
    セルフテープ 自撮り オーディション 自拍 试镜 試鏡 셀프테이프 오디션 самопробы самозапись видеовизитка`,
  nl: `zelftape zelftapes zelfopname auditie audities`,
  pl: `samonagranie samonagrania autonagranie`,
  cs: `samonahravka samonahravky`,
  sv: `sjalvtape sjalvtapes sjalvinspelning selvtape selvtapes selvopptak selvoptagelse provefilming provfilmning koekuvaus`,
  hu: `onfelvetel castingvideo`,
  tr: `kendicekim denemecekimi`,
  vi: `tuquay`,
  id: `rekamandiri audisi`,
  ro: `autoproba autoprobe`,
};

/** Places where is recorded, and times of day or light there. */
export const PLACES: WordList = {
  en: `kitchen garden studio studios stage street road office hall hallway corridor room rooms bedroom bathroom livingroom living
    diningroom dining basement attic roof rooftop balcony terrace house home apartment flat hotel lobby elevator lift
    stairs staircase stairwell school classroom university campus hospital clinic lab laboratory library museum church chapel cathedral
    temple castle palace factory warehouse garage workshop shop store mall market supermarket restaurant cafe bar pub club
    gym pool stadium arena theatre theater cinema airport station train bus metro subway tram car van truck plane boat ship ferry
    harbour harbor port dock docks pier beach sea ocean lake river island forest woods park field fields meadow farm barn
    desert dune dunes mountain mountains hill hills valley cave cliff canyon bridge tunnel alley square plaza courtyard yard
    backlot soundstage city town village suburb downtown interior exterior inside outside indoor indoors outdoor outdoors
    ext exterieur exteriors interiors north south east west reception bunker cemetery graveyard prison jail court courtroom police
    greenhouse conservatory mansion villa cabin cottage tent camp campsite site basecamp lodge pavilion boiler cellar loft
    ridge quarry grove point bay creek falls dam mill yard gate gates wall tower square corner heights cove ravine gorge glade meadows pasture orchard vineyard stable
    stables shed hut chalet ruin ruins monument statue fountain well shore coast coastline lighthouse jetty wharf quay quayside harbourside marina canal lock reservoir marsh swamp moor heath
    cliffs summit peak slope glacier volcano waterfall spring springs pond lagoon reef bluff crossing junction crossroads roundabout highway motorway freeway lane avenue boulevard drive trail path
    track sidewalk pavement kerb bench playground carpark parking lot lots depot hangar runway terminal platform silo foundry refinery plant mine shaft vault chamber crypt
    boutique boutiques bistro salon pawnshop cathedral avenue boulevards attic nursery pantry scullery laundry closet foyer atrium lounge parlour parlor study den canteen cafeteria bakery butcher pharmacy bank embassy consulate townhall hall halls
    auditorium backstage greenroom dressingroom shipyard boathouse treehouse farmhouse guesthouse penthouse rooftops skyline cityscape landscape seascape horizon coastal rural urban
    industrial woodland woods jungle savanna prairie steppe tundra oasis sunset sunrise daybreak nightfall
    london paris berlin tokyo madrid roma rome lisbon lisboa barcelona munich muenchen hamburg vienna wien prague praha budapest
    krakow gdansk gdynia lodz wroclaw poznan warszawa brno bratislava ljubljana zagreb belgrade beograd sarajevo sofia bucharest bucuresti cluj budapest debrecen
    riga tallinn vilnius minsk kharkiv odesa lviv tbilisi yerevan baku almaty tashkent ankara izmir antalya thessaloniki stockholm gothenburg goteborg malmo uppsala
    oslo bergen trondheim stavanger copenhagen kobenhavn aarhus helsinki turku tampere reykjavik rotterdam amsterdam utrecht antwerp antwerpen brussels bruxelles
    ghent geneva geneve zurich basel bern lausanne salzburg graz linz innsbruck cologne koeln frankfurt stuttgart leipzig dresden bremen hannover nuremberg
    lyon marseille toulouse bordeaux nantes lille strasbourg nice cannes milan milano turin torino naples napoli palermo bologna venezia genova
    sevilla valencia bilbao malaga porto belfast cork galway cardiff bristol leeds liverpool brighton oxford telaviv jerusalem amman beirut
    riyadh doha karachi lahore dhaka colombo kathmandu bangkok hanoi saigon jakarta manila kualalumpur taipei shenzhen guangzhou chengdu busan
    nagoya sapporo fukuoka accra abuja casablanca tunis dakar kampala havana caracas quito lapaz montevideo perth brisbane adelaide warsaw moscow kyiv istanbul athens dublin edinburgh glasgow manchester vancouver toronto montreal losangeles
    hollywood newyork nyc chicago atlanta austin boston seattle sydney melbourne auckland wellington seoul osaka kyoto beijing
    shanghai hongkong singapore mumbai delhi bangalore dubai cairo lagos nairobi capetown johannesburg mexico bogota lima santiago
    buenosaires rio saopaulo uk usa us eu france germany deutschland spain espana italy italia portugal brasil brazil japan
    nippon china korea india canada australia iceland norway sweden finland denmark poland`,
  fr: `cuisine jardin rue bureau couloir chambre salon salle cave toit terrasse maison appartement escalier ecole hopital
    eglise usine entrepot magasin marche gare voiture bateau plage mer lac foret parc champ montagne pont place cour ville
    village interieur exterieur loge accueil`,
  de: `kueche garten strasse buero flur zimmer schlafzimmer wohnzimmer keller dach dachboden balkon haus wohnung treppe
    schule krankenhaus kirche fabrik lager werkstatt laden markt bahnhof auto boot strand meer see wald feld berg bruecke platz
    hof stadt dorf innen aussen halle atelier buehne`,
  es: `cocina jardin calle oficina pasillo habitacion salon sala sotano techo azotea terraza casa piso escalera escuela
    hospital iglesia fabrica almacen tienda mercado estacion coche barco playa mar lago bosque parque campo montana
    puente plaza patio ciudad pueblo interior exterior`,
  it: `cucina giardino strada via ufficio corridoio camera-da-letto salotto sala cantina tetto terrazza casa
    appartamento scala scuola ospedale chiesa fabbrica magazzino negozio mercato stazione barca spiaggia mare
    lago bosco parco campo montagna ponte piazza cortile citta paese interno interni esterno esterni`,
  pt: `cozinha jardim rua escritorio corredor quarto sala porao telhado terraco casa apartamento escada escola hospital
    igreja fabrica armazem loja mercado estacao carro barco praia mar lago floresta parque campo montanha ponte
    praca patio cidade vila interior exterior galpao`,
  ja: `sutajio heya daidokoro niwa okujou okujo gakkou eki umi yama kouen koen machi kaisha`,
  other: `部屋 台所 庭 屋上 学校 駅 海 山 公園 街 会社 室内 屋外 厨房 花园 街道 办公室 影棚 摄影棚 부엌 정원 거리 사무실 улица кухня сад офис дом`,
  nl: `keuken tuin straat kantoor brug plein gracht strand kerk`,
  pl: `ulica kuchnia ogrod biuro most plac kosciol plaza las zamek rynek dworzec`,
  cs: `ulice kuchyne zahrada kancelar most namesti kostel les hrad nadrazi`,
  sv: `gata tradgard kontor bro torg kyrka strand skog slott gade vej kirke skov katu silta kirkko metsa`,
  hu: `utca konyha kert iroda hid templom erdo var palyaudvar`,
  tr: `sokak cadde mutfak bahce ofis kopru koprusu meydan meydani camii sahil orman iskele iskelesi kule kulesi`,
  vi: `bep vuon`,
  id: `jalan dapur kebun kantor jembatan pasar pantai hutan`,
  ro: `strada bucatarie gradina birou pod piata biserica padure`,
};

/** Words of deliveries: projects, senders, states of files, and everyday words. */
export const DELIVERY: WordList = {
  en: `delivery deliveries deliver delivered deliverable deliverables client clients customer vendor external internal export exports
    exported render renders rendered output outputs input inputs in out master masters final finals fin finished wip work working
    draft drafts old new newer newest latest updated update updates fixed fix fixes corrected version approved approval rejected pending
    selected select selects selections best good circled circle keep keepers reject hero alt alts alternate alternates
    option options main additional bonus extra full complete completed partial missing resend resent reupload again upload uploads
    uploaded download downloads downloaded transfer transfers wetransfer dropbox gdrive drive googledrive onedrive smash aspera signiant
    frameio frame filemail hightail box cloud share shared sharing link links zip zips zipped rar archive archives archived package packages
    pack folder folders file files data database content contents media medias material materials asset assets
    video videos vid vids vd film films movie movies mov clip clips image project projects proj show shows
    production productions prod company studio agency network season spot spots ad ads tvc
    commercial commercials campaign promo promos trailer teaser documentary docu doc feature short pilot music musicvideo mv
    vfx gfx cg cgi ref refs reference references atman digital post postproduction comp comps compositing edit edits editorial online conform cut cuts rough
    assembly montage turnover turnovers pull pulls handles handle lineup
    rec recording recordings record recorded shoot shooting shot filming filmed principal photography pickup pickups
    bts making behind scenes confidential private secret internal nda do not use donotuse dontuse readme important urgent please
    open see me here this that the a an and or of for with without to from by at on off no yes not only
    my our your his her their its is are was be as per two three double triple single multi multicam twocam
    big small large high hi res hires low lo lowres medium quality uncompressed compressed lossless
    top secret left right over under up down near far inside fast quick test
    batch bin bins reel time hour hours min mins sec secs second seconds minute minutes
    title titles text graphics logo logos subtitle subtitles vo caption captions slide slides presentation demo demos
    break breaks lunch breakfast dinner meal wrap party briefing meeting meetings workshop travel visit tour arrival departure example examples sample samples default custom standard normal regular special basic
    original duplicate duplicates dup dups copy version backup latest english french german spanish italian portuguese japanese chinese korean russian eng fra ger deu esp ita por jpn
    red green blue grey gray black white yellow orange purple pink brown silver gold
    north nextcloud synology nas server sync desktop documents pictures movies music
    alpha beta gamma delta omega self`,
  fr: `livraison livraisons client clients export exports final finale finals definitif definitive nouveau nouvelle ancien
    ancienne bon bons bonne bonnes choix selection selections envoi envois transfert telechargement dossier dossiers
    fichier fichiers donnees video videos film films projet projets tournage tournages equipe equipes production
    rendu rendus montage sequence pour avec sans et ou de des du la le les un une par sur dans
    vers copie urgent complement suite deux noir blanc rouge bleu`,
  de: `lieferung lieferungen kunde kunden export exporte final endgueltig fertig neu neue neues neuer alt alte auswahl
    gut gute beste versand uebertragung ordner datei dateien daten video videos film filme projekt projekte dreh drehs dreharbeiten
    produktion team montage schnitt fuer mit ohne und oder der die das ein eine von vom an auf bei material materialien abgabe nachdreh nachlieferung korrektur fassung rot blau schwarz weiss gruen grau gelb`,
  es: `entrega entregas cliente clientes exportacion exportaciones exportar final finales definitivo nuevo nueva nuevos viejo
    seleccion selecciones bueno buenos buena buenas envio envios transferencia carpeta carpetas archivo archivos datos
    video videos pelicula peliculas proyecto proyectos rodaje rodajes grabacion grabaciones equipo produccion montaje para con sin y o de del la
    el los las un una por en hombre mujer nino nina ninos gemelos gemelas material materiales rojo azul negro blanco`,
  it: `consegna consegne cliente clienti esportazione esportazioni finale finali definitivo nuovo nuova nuovi vecchio
    selezione selezioni buono buoni buona buone invio invii trasferimento cartella cartelle dati video filmati
    filmato progetto progetti registrazione registrazioni squadra produzione montaggio per con senza e di del della il lo la
    gli le un una uomo donna bambino bambina bambini gemelli gemelle materiale materiali rosso blu nero bianco`,
  pt: `entrega entregas cliente clientes exportacao exportacoes exportado final finais definitivo novo nova novos velho
    selecao selecoes bom bons boa boas envio envios transferencia pasta pastas arquivo arquivos ficheiro ficheiros dados video
    videos filme filmes projeto projetos filmagem filmagens gravacao gravacoes equipe equipa producao montagem para com sem e
    ou de do da dos das o os as um uma por em homem mulher menino menina crianca criancas gemeos gemeas material materiais preto branco vermelho azul`,
  ja: `nouhin nohin kuraianto satsuei purojekuto saishu saishuu saisyu shinki kyuu deeta eizo eizou douga doga eiga bangumi shusei
    kakunin kanpake kanpaku sentaku ok tsuika futago`,
  other: `納品 納品用 撮影 最終 最終版 修正 確認 確認用 データ 映像 動画 作品 用 版 完成 追加 日本 双子 交付 成片 最终 拍摄 视频 数据 项目 新建文件夹 双胞胎
    납품 최종 촬영 영상 데이터 프로젝트 수정 쌍둥이 съемка съёмка съемки видео проект финал материал материалы исходные клиент папка новая близнецы
    προβολή βίντεο تصوير فيديو צילום וידאו`,
  nl: `levering klant voor met zonder en of opnames opname definitief nieuw oud bestanden map mappen van draaidag`,
  pl: `dostawa klient dla bez oraz lub nagrania nagranie ostateczne nowe stare pliki material materialy zdjecia`,
  cs: `dodavka klient pro bez nebo nahravky nataceni finalni nove stare soubory material`,
  sv: `leverans leveranse levering kund kunde for med utan uten och og eller inspelning opptak optagelse slutlig nya gamla gamle filer aineisto kuvaus toimitus`,
  hu: `atadas ugyfel felvetel felvetelek vegleges uj regi anyag anyagok forgatas`,
  tr: `teslim teslimat musteri icin ile ve veya cekim cekimler son yeni eski dosya dosyalar malzeme`,
  vi: `giaohang khachhang quay`,
  id: `kiriman klien untuk dengan atau rekaman akhir berkas`,
  ro: `livrare client pentru cu fara sau filmare filmari`,
};

/** Words for people, animals and things of the world, which folders of locations, props and scenes are named after. */
export const WORLD: WordList = {
  en: `adult adults child children kid kids man men male males woman women female females boy boys girl girls baby mother father mom dad parent parents brother
    sister twin twins family couple pair duo trio young old senior junior person lady guy
    doctor nurse police officer cop soldier king queen prince princess chef driver pilot teacher student lawyer judge boss ceo manager
    hero villain zombie monster creature robot alien ghost witch wizard vampire
    water fire smoke dust fog rain snow wind sky sun moon star stars cloud clouds light lights lighting dark bright shadow
    bush bushes hedge hedges shrub shrubs ivy moss fern petal petals bouquet vase pine oak elm birch willow cedar maple palm grass flower flowers leaf leaves rock rocks stone stones sand mud ice glass metal wood wooden old new upper-lower grand little
    truck van tractor motorbike bicycle boat yacht helicopter tank wagon cart carriage engine wheel vehicle vehicles statue sculpture painting mirror curtain sofa couch shelf clock candle
    space suit suits rover chassis wreck debris crate crates barrel barrels box boxes rope ropes chain chains ladder tool tools machine machines robot robots sparks shower spray explosion explosions blast blood wound wounds prosthetic prosthetics
    puppet puppets mannequin mannequins dummy bust busts pillar column arch altar throne crown banner flag flags poster posters sign signs mural graffiti neon lantern torch
    fox foxes badger heron crane wolf bear lion tiger leopard cheetah elephant giraffe zebra monkey ape gorilla deer stag elk moose rabbit hare mouse rat squirrel hedgehog otter beaver seal whale dolphin shark fish
    salmon trout eagle hawk falcon owl raven crow swan goose duck hen rooster cow bull sheep goat lamb pig donkey camel snake lizard frog toad turtle tortoise spider butterfly bee wasp ant insect insects
    dragons alien aliens creatures dinosaur dinosaurs den nest burrow sett herd flock swarm
    loch glen fort citadel fortress manor priory abbey minster basilica shrine pagoda mosque synagogue monastery convent barracks outpost headland peninsula isthmus strait fjord fjords  delta estuary wetland
    helmet armor armour shield spear bow arrow rifle pistol cape cloak boots shoes jacket coat dress shirt uniform crown ring necklace
    ball table chair door window wall floor bed desk lamp book phone computer screen tv car bike dog cat horse bird
    food drink coffee tea cake sport sports football soccer basketball tennis golf
    beachball suitcase knife gun sword bag hat glasses mask helmet gloves`,
};

/** Places that are named after people: 'Victoria Station'. Before one of these a single name is the place's. */
export const NAMED_PLACES_AFTER = `street st road rd avenue ave lane square plaza place station bridge garden gardens hall house castle church
  chapel cathedral abbey beach bay island lake river tower palace theatre theater cinema museum gallery hotel airport university college school hospital
  library arena stadium terrace harbour harbor port pier wharf dock docks farm mill forest wood valley canyon creek falls lighthouse cemetery mansion villa lodge
  cottage manor barracks quarry tunnel market mall pub cafe restaurant monument memorial statue park court gate quay cove peak mountain barn well meadow meadows ridge grove orchard stable stables ranch estate
  yard pond cliff cliffs shore coast inn field fields hill hills crossing junction docklands heights woods mine reef bluff moor heath reservoir viaduct aqueduct ruins crypt vault
  boulevard blvd crescent terrace mews hotel bar grill diner restaurant salon boutique bakery motors automobiles brewery distillery winery
  strasse platz bruecke brucke haus halle kirche schloss utca caddesi sokak marg chowk nagar koprusu meydani ulice namesti gatan gade vej straat plein gracht kanal`;

/** As the list above, before the name: 'Rue Victor Hugo', 'Piazza Garibaldi', 'Calle Serrano', 'Lake Victoria'. */
export const NAMED_PLACES_BEFORE = `rue place avenue boulevard quai pont gare parc chateau eglise calle plaza avenida parque puente
  estacion iglesia via piazza corso viale ponte stazione parco chiesa rua praca largo estacao igreja lake mount fort port cape hotel cafe villa
  lieu lieux boutique restaurant bistro pub bar casa palazzo palais palacio castillo torre torres puerta porte pension gasthof ulica aleja plac most
  plateia odos leoforos souk medina riad wadi jebel djebel bab allee chemin passage impasse cours calle carrer placa praia playa barrio colonia
  ilha isla ile monte mont serra sierra`;

/** Folders of places, things, examples and music: what lies in them has names, but is no person of the delivery. */
export const OF_THINGS: WordList = {
  en: `location locations loc locs prop props vehicle vehicles creature creatures environment environments env envs
    recce recces scout scouting building buildings animal animals miniature miniatures
    ref refs reference references moodboard moodboards inspiration music score songs playback
    product products brand brands puppet puppets puppetry costume costumes concept concepts conceptart artwork artworks design designs storyboard storyboards boards packshot packshots logo logos mannequins statues toys doll dolls`,
  fr: `decor decors lieu lieux accessoires vehicules reperage reperages musique
    produit produits marque costumes marionnettes`,
  de: `motiv motive drehort drehorte requisite requisiten fahrzeuge tiere referenz referenzen musik
    produkt produkte marke kostueme puppen entwuerfe`,
  es: `localizacion localizaciones locacion locaciones decorado decorados utileria vehiculos referencia referencias musica
    producto productos marca vestuarios titeres`,
  it: `luogo luoghi ambienti sopralluogo sopralluoghi scenografia scenografie oggetti veicoli riferimento riferimenti musica
    prodotto prodotti marca burattini`,
  pt: `locacao locacoes cenario cenarios adereco aderecos veiculos referencia referencias musica trilha
    produto produtos marca bonecos`,
  ja: `rokechi rokehan kodougu kodogu sankou sanko ongaku`,
  other: `ロケ地 ロケハン 小道具 参考 音楽 外景 道具 参考资料 音乐 참고 로케이션 소품 локация локации реквизит`,
  nl: `locaties rekwisieten muziek`,
  pl: `lokacje rekwizyty kostiumy muzyka`,
  cs: `lokace rekvizity kostymy hudba loutky`,
  sv: `platser rekvisita rekvisitter musik musikk kuvauspaikat`,
  hu: `helyszinek kellekek zene babok`,
  tr: `mekan mekanlar aksesuarlar muzik`,
};
