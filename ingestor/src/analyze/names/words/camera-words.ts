/** Words about cameras: by which letter, number or place they are told apart, and who made them. */
import type { WordList } from './word-list.ts';

/** A letter or number before or after one of these names a camera. */
export const CAMERA: WordList = {
  en: `cam camera cams cameras kam unitcam angle`,
  fr: `camera cameras`,
  de: `kamera kameras winkel`,
  es: `camara camaras angulo`,
  it: `telecamera telecamere macchina mdp angolo`,
  pt: `camara camaras`,
  ja: `kamera kyamera`,
  other: `カメラ カメ キャメラ アングル 机位 相机 摄影机 摄像机 号机 號機 号機 机 機 카메라 камера камеры κάμερα كاميرا`,
  sv: `kamera kameror kameraer kamerat`,
  hu: `kamerak`,
  tr: `kameralar`,
  vi: `mayquay`,
  ro: `camere`,
};

/** Cameras told apart by their view of one take, in the order of their letters: the widest is camera a. */
export const ANGLES: readonly WordList[] = [
  {
    en: `wide ws wideshot master widecam establishing`,
    fr: `large ensemble plandensemble`,
    de: `weit totale weitwinkel`,
    es: `abierto general ancho`,
    it: `largo totale ampio`,
    pt: `aberto geral amplo`,
    ja: `hiki waido`,
  },
  {
    en: `medium mid mcu mediumshot`,
    fr: `moyen`,
    de: `halbtotale halbnah mittel`,
    es: `medio`,
    it: `medio`,
    pt: `medio`,
  },
  {
    en: `tight close closeup cu ecu tele long punch`,
    fr: `serre rapproche gros grosplan`,
    de: `nah nahe eng gross`,
    es: `cerrado corto primerplano`,
    it: `stretto primopiano`,
    pt: `fechado`,
    ja: `yori taito`,
  },
];

/** Places of cameras around a person. */
export const PLACES_OF_CAMERAS: WordList = {
  en: `left right centre center central middle mid front rear back side top bottom bot btm upper lower overhead above below
    profile threequarter quarter high low frontal lateral diagonal crane jib dolly steadicam gimbal handheld static
    roaming lockoff lockoffs lockedoff main hero primary secondary face head body hmc helmet eye eyes l r c lh rh`,
  fr: `gauche droite droit centre face dos cote profil haut bas dessus dessous principale principal`,
  de: `links rechts mitte vorne vorn hinten seite seitlich oben unten frontal haupt`,
  es: `izquierda izq derecha der centro frente frontal trasera lado arriba abajo perfil cenital`,
  it: `sinistra destra centro fronte frontale retro lato alto basso sopra sotto profilo`,
  pt: `esquerda direita centro frente lado cima baixo perfil`,
  ja: `hidari migi mannaka shomen shoumen ushiro`,
  other: `左 右 中 中央 正面 横 上 下 前 后 後 侧 側 왼쪽 오른쪽 정면 слева справа лево право центр`,
};

/** Cameras that watch the set, not the person. */
export const WITNESS: WordList = {
  en: `witness witcam witnesscam witnesscams witcams behindthescenes bts makingof actioncam
    refcam surveillance cctv webcam dashcam drone drones aerial aerials epk`,
  fr: `temoin temoins coulisses drone`,
  de: `zeuge zeugen zeugenkamera beobachter drohne`,
  es: `testigo testigos detras dron`,
  it: `testimone testimoni dietrolequinte`,
  pt: `testemunha bastidores`,
  ja: `mekingu`,
  other: `メイキング 花絮 메이킹 свидетель`,
};

/** Makers, models and recording formats of cameras and recorders. */
export const EQUIPMENT: WordList = {
  en: `arri arriraw alexa alexamini alexalf alexa35 amira mini minilf lf red r3d dragon weapon helium gemini monstro komodo raptor vraptor epic
    scarlet ranger raven sony venice venice2 fx3 fx6 fx9 fx30 a7s a7siii a7sm3 a7iv burano xavc xocn xavci xavcs fs7 fs5
    f55 f5 f65 canon eos c70 c100 c200 c300 c400 c500 r5 r5c r6 xf xflog panasonic lumix gh5 gh6 s1h s5 varicam evalt eva1 blackmagic bmpcc bmd
    ursa pocket4k pocket6k pyxis braw nikon z8 z9 fuji fujifilm xh2s hasselblad phaseone leica sigma fp zcam kinefinity atomos ninja hero7 hero8 hero9 hero10 hero11 hero12 hero13 herosession
    shogun odyssey gopro gopros iphone phone phones smartphone insta360 osmo pocket dji mavic inspire convergent phantom edgertronic optitrack vicon qualisys xsens faceware technoprops
    lidar faro artec agisoft metashape realitycapture dslr mirrorless camcorder prores dnxhd dnxhr dng cinemadng
    exr dpx mov mp4 mxf avi mts m4v h265 hevc avc av1 codec codecs hd uhd 2k 4k 6k 8k 12k 1080p 2160p 720p 4444 422 422hq hq lt xq
    hfr fps 24fps 25fps 30fps 48fps 50fps 60fps 120fps 23976 23p 24p 25p 30p 50p 60p 120p slowmo slomo slow timelapse anamorphic spherical fullframe super35 s35
    opengate og 16x9 4x3 169 43 sdr hdr hdr10 pq hlg dolby vision aces acescg acescct linear lin srgb p3 dcip3 bt709 bt2020 gamma
    nd filter lens lenses focal mm prime primes zeiss cooke iso shutter aperture stop stops fstop kelvin wb daylight tungsten 3200k 5600k`,
  de: `handy handys`,
  other: `レンズ 镜头`,
};

/** Folders that cameras and recorders make on their cards. */
export const CARD_FOLDERS: WordList = {
  en: `private m4root clip clips clpr xdroot thmbnl sub general avf_info avf info m4proxy dcim contents audio video icon proxy voice
    lastclip bdmv stream clipinf playlist avchd avchdtn bpav clps edit takr xfvc crm 100canon 100media 100gopro 100eos 100apple 100msdcf
    100nikon 100olymp eosmisc misc canonmsc mediapro rdm rdc arx stereo multi mp_root 101mnv01 100dv 101gopro
    100eosr 101eosr 102canon 101msdcf 100_pana 101_pana 100panas kfolder sdcard sd card cards cfast cfexpress cf ssd mag mags
    magazine magazines codex capturedrive compactdrive sxs p2 axs axsm xqd drive disk hdd volume volumes backup backups bkp
    copy copies clone dump dumps offload offloads ingest ingested untitled noname no_name nouveau unbenannt sintitulo lacie sandisk samsung tape tapes`,
  fr: `carte cartes disque sauvegarde sauvegardes copie copies nouveaudossier dossier`,
  de: `karte karten speicherkarte sicherung kopie kopien festplatte ordner neuerordner`,
  es: `tarjeta tarjetas disco copia copias respaldo volcado carpeta nuevacarpeta`,
  it: `scheda schede disco copia copie scarico cartella nuovacartella`,
  pt: `cartao cartoes disco copia copias descarga descarregado pasta novapasta`,
  ja: `kaado kado bakkuappu`,
  other: `カード バックアップ 備份 备份 卡 카드 백업 карта карты копия`,
};
