/** Interprets single words in a client's folder and file names for the ATMAN rules. */
import { assetTypesOf } from '@ingesthub/schema/library/package-kinds.ts';
import type { AssetType, FileType } from '@ingesthub/schema/library/vocabulary.ts';

export const ATMAN_ASSET_TYPES = assetTypesOf('atman');

/** Words that say what, when or how, but not who. */
const GENERIC = new Set(
  `aces alexa aligned and angle arri atman aud audio bg bin braw bts calib calibration cam camera cameras canon capture
  card cc cdl chart client clean clip clips close color colour confidential copy cu cut dailies data dataset date day
  delivery deliveries dialog dialogue docs dpx edit etc export exports ext extra extras external exr face feature file files final fix folder footage for
  from front full grade graded grading grid h264 h265 hdr head hero hevc hi high image images img incoming int
  interview jpeg jpg json left lens light linear lo log logc low lr lut luts master material media metadata mic misc mov
  movie movies mp4 mxf neutral new night normal notes off other out old on original originals output package part pass photo
  photos pickup pictures plate plates png post preview prod production project prores proxies proxy raw rec rec709
  recording recordings red ref reference references reel report review rgb right roll rough rushes sample samples
  scan scans scene screen select selects series session set sets setup shared shoot shooting shot shots side slate
  slog sound source sources srgb stills stereo take takes talent temp test texture textures tga tif tiff to top
  transcode transcodes transfer undistorted unit up upload uploads v version vfx video videos view vis visuals vo
  wav wide wip work xml zip`.split(/\s+/),
);

const GRADED = new Set(['graded', 'grade', 'grading', 'lut', 'rec709', 'cc', 'cdl']);
const PROXY = new Set(['proxy', 'proxies', 'transcode', 'transcodes', 'preview']);
/** Words that versions of a recording add to its name. */
const VERSION_WORDS = new Set([...GRADED, ...PROXY, 'raw', 'log', 'logc', 'original', 'master', 'h264', 'prores']);

/** Splits the name of a folder, or of a file without its extension, into words, as written. */
export function wordsOf(name: string): string[] {
  return name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Whether a folder's name says what, when or how, but not who: 'DAY02', 'A_CAM', 'from client', '20240101'. */
export function isGenericName(name: string): boolean {
  return wordsOf(name).every((word) => {
    const letters = word.replaceAll(/\p{N}+/gu, '').toLowerCase();
    return letters.length < 2 || GENERIC.has(letters) || GENERIC.has(word.toLowerCase());
  });
}

export function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Removes from a stem the words that distinguish versions of one recording. */
export function recordingOf(stem: string): string {
  return wordsOf(stem)
    .map((word) => word.toLowerCase())
    .filter((word) => !VERSION_WORDS.has(word))
    .join('_');
}

/** 'A_CAM', 'CAM_A', 'camera2', 'A001C003_…' (a reel of camera A) -> 'cam_a', 'cam_2'; null: no camera is named. */
export function cameraIn(name: string): string | null {
  const text = wordsOf(name).join('_').toLowerCase();
  const named =
    /(?:^|_)cam(?:era)?_?([a-z]|\d{1,2})(?=_|$)/.exec(text)?.[1] ??
    /(?:^|_)([a-z]|\d{1,2})_?cam(?=_|$)/.exec(text)?.[1];
  if (named !== undefined) return `cam_${named.replace(/^0+(?=\d)/, '')}`;
  const reel = /^([a-z])\d{3}_?c\d{3}/.exec(text)?.[1];
  return reel === undefined ? null : `cam_${reel}`;
}

/**
 * Returns the person that a folder is named after; null when its name means something else. A single word must
 * start with a capital letter: 'beachball' is a thing.
 */
export function personInFolder(name: string): string | null {
  const words = wordsOf(name);
  const [first = ''] = words;
  const isName = words.length <= 3 && words.every(isNameWord) && words.join('').length > 2;
  return isName && (words.length > 1 || /^\p{Lu}/u.test(first)) ? name : null;
}

/**
 * Returns the person that a file is named after: words in capitals ('session3_JDOE_graded' -> 'JDOE'), or two or more
 * capitalised words ('take2_Jane_Doe' -> 'Jane_Doe'). A single capitalised word is too ambiguous.
 */
export function personInFile(stem: string): string | null {
  const words = wordsOf(stem);
  return (
    longestRun(words, (word) => isNameWord(word) && word.length > 2 && word === word.toUpperCase(), 1) ??
    longestRun(words, (word) => isNameWord(word) && /^\p{Lu}\p{Ll}+$/u.test(word), 2)
  );
}

export function assetTypeIn(folders: readonly string[], stem: string, fileType: FileType): AssetType {
  if (fileType === 'audio') return 'audio';
  if (fileType === 'other') return 'metadata';
  // The file's own name takes precedence over its folders, and the nearest folder over the others.
  for (const name of [stem, ...folders.toReversed()]) {
    const words = wordsOf(name).map((word) => word.toLowerCase());
    if (words.some((word) => PROXY.has(word))) return 'proxy';
    if (words.some((word) => GRADED.has(word))) return 'graded';
  }
  return 'raw';
}

function isNameWord(word: string): boolean {
  return /^\p{L}+$/u.test(word) && !GENERIC.has(word.toLowerCase());
}

function longestRun(words: readonly string[], matches: (word: string) => boolean, minimum: number): string | null {
  let best: readonly string[] = [];
  let run: string[] = [];
  for (const word of words) {
    run = matches(word) ? [...run, word] : [];
    if (run.length > best.length) best = run;
  }
  return best.length >= minimum ? best.join('_') : null;
}
