/** Finds the frame number in a file's name, if it has one. Pure. */
import { isFaceCropName } from './face-crop.ts';
import { mayBeFrame } from './file-types.ts';

export interface FrameName {
  /** Everything before the number and its sign. */
  readonly stem: string;
  readonly negative: boolean;
  /** As written: '0012'. */
  readonly digits: string;
  /** As written, with its dot: '.EXR'. */
  readonly extension: string;
  readonly frame: number;
}

const VERSION_WORD = /(?:^|[^a-z])(?:ver|version|rev|revision)[._-]$/i;

/** The largest Postgres integer. */
const MAX_FRAME = 2 ** 31 - 1;

/**
 * Parses the last number of a name, directly before its extension, if it is a frame number: `name.0001.exr`,
 * `name_0001.exr`, `name-0001.exr` or `0001.exr`, each also with a sign (`name.-0001.exr`). Versions, dates, times
 * and face numbers are not frame numbers.
 */
export function frameNameOf(name: string): FrameName | null {
  // Character by character for speed: this runs for every file.
  const dot = name.lastIndexOf('.');
  let start = dot;
  while (start > 0 && isDigit(name.charCodeAt(start - 1))) start -= 1;
  if (start === dot || dot === name.length - 1) return null;
  const digits = name.slice(start, dot);
  const negative = hasSign(name, start);
  const stem = name.slice(0, negative ? start - 1 : start);
  if (!isSeparated(stem, digits)) return null;

  const value = Number(digits);
  if (value > MAX_FRAME || (negative && value === 0)) return null;
  if (!mayBeFrame(name) || isFaceCropName(name)) return null;
  if (isPhoto(stem, digits, name.slice(dot))) return null;
  if (VERSION_WORD.test(stem) || (!negative && isDateOrTime(stem, digits))) return null;
  return { stem, negative, digits, extension: name.slice(dot), frame: negative ? -value : value };
}

/** Cameras number stills that are not a sequence: `IMG_0001.JPG`, `DSC_0001.JPG`, `_MG_0001.jpg`. */
function isPhoto(stem: string, digits: string, extension: string): boolean {
  return digits.length === 4 && /^(?:IMG|DSC|_MG|_DSC|DJI|SAM)_$/i.test(stem) && /^\.jpe?g$/i.test(extension);
}

/** A hyphen is a sign unless it separates the number from a name: `-1`, `a.-1`, `a_-1`, `a--1`. */
function hasSign(name: string, start: number): boolean {
  return name[start - 1] === '-' && (start === 1 || '._-'.includes(name[start - 2] ?? ''));
}

/** One or two digits after a hyphen number a take or a copy. */
function isSeparated(stem: string, digits: string): boolean {
  const last = stem.at(-1);
  if (last === '-') return digits.length >= 3 && !'._-'.includes(stem.at(-2) ?? '.');
  return last === undefined || last === '.' || last === '_';
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
/** `20240131` */
const DATE = new RegExp(`^(?:19|20)\\d\\d${MONTH}${DAY}$`);
/** `2024_01_` before the day */
const BEFORE_DAY = new RegExp(`(?:^|\\D)(?:19|20)\\d\\d([._-])${MONTH}\\1$`);
/** `20240131_` or `2024-01-31-` before a time */
const AFTER_DATE = new RegExp(`(?:^|\\D)(?:19|20)\\d\\d([._-]?)${MONTH}\\1${DAY}[T._-]$`);
/** `153000`, also with milliseconds. A number starting with 00 is more often a frame than a time after midnight. */
const TIME = /^(?:0[1-9]|1\d|2[0-3])[0-5]\d[0-5]\d(?:\d{3})?$/;
/** `2024-01-31 at 15.30.` before the seconds, as screenshots are named */
const BEFORE_SECONDS = new RegExp(
  `(?:^|\\D)(?:19|20)\\d\\d([._-])${MONTH}\\1${DAY}\\D+(?:[01]\\d|2[0-3])([._-])[0-5]\\d\\2$`,
);

function isDateOrTime(stem: string, digits: string): boolean {
  if (digits.length === 8) return DATE.test(digits);
  if (digits.length === 2) return BEFORE_DAY.test(stem) || BEFORE_SECONDS.test(stem);
  return TIME.test(digits) && AFTER_DATE.test(stem);
}
