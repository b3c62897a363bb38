/** Values of the log in Postgres' text form, made comparable as in Postgres. */
import { type Comparison, comparisonOf, isNumber, isText } from './types.ts';

/** A text, or a number for floats; both operands of a comparison have the same kind. */
export type Comparable = string | number;

export function reader(type: string, comparison: Comparison): (text: string) => Comparable {
  switch (comparison) {
    case 'text':
      return type === 'bpchar' ? trimBlanks : identity;
    case 'bpchar':
      return trimBlanks;
    case 'float':
      return type === 'float4' ? (text) => Math.fround(Number(text)) : Number;
    case 'time':
      return sortableTime;
    default:
      return identity;
  }
}

/** The result is negative, 0 or positive. */
export function comparer(comparison: Comparison): (a: Comparable, b: Comparable) => number {
  switch (comparison) {
    case 'text':
    case 'bpchar':
      return (a, b) => compareBytes(String(a), String(b));
    case 'decimal':
      return (a, b) => compareDecimals(String(a), String(b));
    case 'float':
      return (a, b) => compareFloats(Number(a), Number(b));
    default:
      return (a, b) => (a < b ? -1 : Number(a > b));
  }
}

/** Returns a function that maps all values that compare as equal to the same key of a Set. */
export function equalityKey(type: string, comparison: Comparison): (text: string) => Comparable {
  return comparison === 'decimal' ? decimalKey : reader(type, comparison);
}

/** True if values of the two types are equal exactly when their texts are. */
export function isTextIdentity(left: string, right: string): boolean {
  const comparison = comparisonOf(left, right);
  if (comparison === 'plain') return true;
  if (comparison === 'time') return left === right;
  if (isText(left)) return comparison === 'text' && left !== 'bpchar' && right !== 'bpchar';
  return isNumber(left) && comparison === 'decimal' && left !== 'numeric' && right !== 'numeric';
}

function identity(text: string): string {
  return text;
}

function trimBlanks(text: string): string {
  return text.replace(/ +$/, '');
}

/** Compares in UTF-8 byte order. UTF-16 order would put characters beyond U+FFFF before the last ones up to it. */
function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return byteRank(left) - byteRank(right);
  }
  return a.length - b.length;
}

function byteRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** NaN equals itself and is greater than any other value. */
function compareFloats(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return a === b ? 0 : Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

/** Longest texts that float8 distinguishes reliably. */
const EXACT_AS_FLOAT = 15;
const DECIMAL = /^(?<sign>-?)0*(?<whole>\d*?)(?:\.(?<fraction>\d*?)0*)?$/;

function compareDecimals(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length <= EXACT_AS_FLOAT && b.length <= EXACT_AS_FLOAT) return compareFloats(Number(a), Number(b));
  const left = DECIMAL.exec(a)?.groups;
  const right = DECIMAL.exec(b)?.groups;
  // Infinity and NaN lie beyond every other number, which is therefore reduced to its sign.
  if (!left || !right) return compareFloats(clamped(a), clamped(b));
  const sign = left['sign'] === '-' ? -1 : 1;
  if (left['sign'] !== right['sign']) return sign;
  const magnitude =
    (left['whole'] ?? '').length - (right['whole'] ?? '').length ||
    compareBytes(left['whole'] ?? '', right['whole'] ?? '') ||
    compareBytes(left['fraction'] ?? '', right['fraction'] ?? '');
  return sign * magnitude;
}

/** Removes insignificant zeros. */
function decimalKey(text: string): string {
  const { sign, whole, fraction } = DECIMAL.exec(text)?.groups ?? {};
  return whole === undefined ? text : `${sign}${whole}.${fraction ?? ''}`;
}

function clamped(text: string): number {
  return /^(-?Infinity|NaN)$/.test(text) ? Number(text) : Number(text.startsWith('-')) * -2 + 1;
}

const TIME = /^(?<year>\d{4,7})-(?<rest>\d\d-\d\d(?: \d\d:\d\d:\d\d(?:\.\d+)?)?)(?:\+00)?(?<era> BC)?$/;

/**
 * Returns a text that sorts chronologically, whichever of the three types wrote it. `-infinity` and `infinity` are kept:
 * they sort before and after all digits.
 */
function sortableTime(text: string): string {
  // The usual form, handled without a regular expression.
  if (text[4] === '-' && !text.endsWith('BC')) return `001${withoutZone(text.length > 10 ? text : `${text} 00:00:00`)}`;
  const { year, rest = '', era } = TIME.exec(text)?.groups ?? {};
  if (year === undefined) return text;
  // Years start at 4713 BC, and the year before 1 is 1 BC.
  const shifted = 10_000 + (era ? 1 - Number(year) : Number(year));
  return `${String(shifted).padStart(7, '0')}-${rest.length > 5 ? rest : `${rest} 00:00:00`}`;
}

function withoutZone(text: string): string {
  return text.endsWith('+00') ? text.slice(0, -3) : text;
}
