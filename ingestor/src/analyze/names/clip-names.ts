/** Recognises the names that cameras and sound recorders give their clips, cards and reels. */

/** The kind of device by its way of naming. */
export type Device =
  | 'reel'
  | 'sony'
  | 'canon'
  | 'photo'
  | 'panasonic'
  | 'avchd'
  | 'gopro'
  | 'dji'
  | 'android'
  | 'pixel'
  | 'message'
  | 'atomos'
  | 'recorder';

export interface ClipName {
  readonly device: Device;
  /** Where it stands in the name. */
  readonly start: number;
  readonly end: number;
  /** The camera's letter, which a reel's name begins with; null: the name has none. */
  readonly letter: string | null;
  /** A clip, a card of many clips, or a reel's letter and number alone ('A001'), which may also be something else. */
  readonly names: 'clip' | 'card' | 'reel';
}

const PATTERNS: Readonly<Record<string, string>> = {
  // ARRI since 2020: A_0001C003_240131_101520_a1ABC.
  arri: String.raw`(?<arri>(?<arriLetter>[a-z])_\d{4}c\d{3})(?:_\d{6}(?:_\d{6})?(?:_[a-z]\d[a-z0-9]{3})?)?`,
  // Blackmagic: A001_01311015_C003.
  magic: String.raw`(?<magicLetter>[a-z])\d{3}_\d{8}_c\d{3,4}`,
  // ARRI, RED, Sony, Canon, Panasonic, Kinefinity, Z CAM: A001C003_240131_R1AB, A001_C003_0131XY_001.
  reel: String.raw`(?<reelLetter>[a-z])\d{3,4}_?c\d{3,4}(?:_\d{4,8}[a-z0-9]{0,4}(?![a-z0-9]))?(?:_(?=[a-z]*\d)[a-z0-9]{4}(?![a-z0-9]))?(?:_\d{3}(?!\d))?`,
  // A card of RED, ARRI or Blackmagic: A003_0131XY, A001R2EC, A001_01311015.
  card: String.raw`(?<cardLetter>[a-z])\d{3,4}(?:_\d{4}[a-z0-9]{2}|_\d{8}|r[a-z0-9]{3})(?![a-z0-9])`,
  gopro: String.raw`(?<gopro>g(?:opr\d{4}|[hxlps]\d{6}))`,
  dji: String.raw`(?<dji>dji_\d{14}_\d{4}_[a-z]|dji_\d{4})`,
  android: String.raw`(?<android>(?:img|vid|mvimg|pano)[_-]\d{8}[_-]\d{6,9}(?:_\d{2}_\d{3})?)`,
  pixel: String.raw`(?<pixel>pxl_\d{8}_\d{9})`,
  message: String.raw`(?<message>(?:img|vid|aud)-\d{8}-wa\d{4}|whatsapp (?:video|image|audio) \d{4}-\d\d-\d\d at \d+\.\d+\.\d+(?: [ap]m)?|rpreplay_final\d+|signal-\d{4}-\d\d-\d\d-\d+)`,
  // iPhones and Canon stills share IMG_0001; Canon's videos are MVI_0001.
  image: String.raw`(?<image>img_e?\d{4})`,
  canon: String.raw`(?<canon>_?mvi_\d{4})`,
  photo: String.raw`(?<photo>_?(?:dsc[fn]?|dscn|_mg|mg|sam|imgp|pict|cimg|p\d)_?\d{4,6}|_dsc\d{4})`,
  atomos: String.raw`(?<atomos>(?:ninja|shogun|sumo|assassin)[a-z0-9]*_s\d{3}_s\d{3}_t\d{3})`,
  recorder: String.raw`(?<recorder>zoom\d{4}|tascam_\d{4}|dr\d{4}_\d{4}|ste-\d{3}|mono-\d{3}|\d{6}-t\d{3}|\d{6}_\d{4}(?=_|$)|f8_sd\d_\d+|mixpre-\d+)`,
  // Sony: C0001, and its sidecars C0001M01, C0001T01, C0001S03; with a date before it on some models.
  sony: String.raw`(?<sony>c\d{4})(?:[mst]\d{2})?`,
  // Panasonic P2: 0001AB, AA0001.
  panasonic: String.raw`(?<panasonic>\d{4}[a-z]{2}|[a-z]{2}\d{4})`,
  avchd: String.raw`(?<avchd>\d{5})$`,
  mov: String.raw`(?<mov>(?:mov|mah|maq|clip)_?\d{4,5})`,
  // A reel alone: 'A001'; H264 and H265 are codecs.
  short: String.raw`(?!h26[45])(?<shortLetter>[a-z])\d{3}`,
};
const ANY = new RegExp(`(?<![\\p{L}\\p{N}])(?:${Object.values(PATTERNS).join('|')})(?![\\p{L}\\p{N}])`, 'giu');
const HAS_DIGITS = /\d{3}/;

const DEVICES: readonly (readonly [group: string, device: Device])[] = [
  ['gopro', 'gopro'],
  ['dji', 'dji'],
  ['android', 'android'],
  ['pixel', 'pixel'],
  ['message', 'message'],
  ['image', 'canon'],
  ['canon', 'canon'],
  ['photo', 'photo'],
  ['atomos', 'atomos'],
  ['recorder', 'recorder'],
  ['sony', 'sony'],
  ['panasonic', 'panasonic'],
  ['avchd', 'avchd'],
  ['mov', 'photo'],
];

/** Letters that before three digits begin a scene, a take, a day and the like rather than a reel. */
const NO_REEL = new Set([...'defnopqrstuvwxyz']);

/** Returns the clip, card or reel that a name holds; null for none. */
export function clipIn(name: string): ClipName | null {
  if (!HAS_DIGITS.test(name)) return null;
  ANY.lastIndex = 0;
  for (let match = ANY.exec(name); match !== null; match = ANY.exec(name)) {
    const found = read(match);
    if (found !== null) return found;
  }
  return null;
}

/** Begins the names of clips of one reel. */
const REEL_AND_CLIP = /^([a-z])_?(\d{3,4})(?:_\d{8})?_?c(\d{3,4})/i;
/** Ends the names of a clip's sidecars. */
const SIDECAR = /^(c\d{4})[mst]\d{2}$/i;

/** Returns a name that all versions of one clip share: 'a1c3' for A001C003_240131_R1AB, 'c0012' for C0012M01. */
export function clipKey({ start, end, device }: ClipName, name: string): string {
  const text = name.slice(start, end);
  const [, letter = '', reel, clip] = (device === 'reel' ? REEL_AND_CLIP.exec(text) : null) ?? [];
  if (reel !== undefined) return `${letter.toLowerCase()}${Number(reel)}c${Number(clip)}`;
  return (SIDECAR.exec(text)?.[1] ?? text).toLowerCase();
}

function read(match: RegExpExecArray): ClipName | null {
  const groups = match.groups ?? {};
  const place = { start: match.index, end: match.index + match[0].length };
  for (const kind of ['arri', 'magic', 'reel'] as const) {
    const letter = groups[`${kind}Letter`]?.toLowerCase();
    if (letter === undefined) continue;
    return { ...place, device: 'reel', letter, names: 'clip' };
  }
  for (const kind of ['card', 'short'] as const) {
    const letter = groups[`${kind}Letter`]?.toLowerCase();
    if (letter === undefined) continue;
    if (kind === 'short' && NO_REEL.has(letter)) return null;
    return { ...place, device: 'reel', letter, names: kind === 'card' ? 'card' : 'reel' };
  }
  for (const [group, device] of DEVICES) {
    if (groups[group] !== undefined) return { ...place, device, letter: null, names: 'clip' };
  }
  return null;
}
