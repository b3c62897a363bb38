/** Which types can be compared, and how, as Postgres resolves its operators. */

/**
 * - `text`: bytes; a bpchar loses its trailing blanks
 * - `bpchar`: bytes, without the trailing blanks of either
 * - `decimal`: numbers of any size
 * - `float`: as float8
 * - `time`: dates and timestamps on one line, in UTC
 * - `plain`: equal values have one text
 */
export type Comparison = 'text' | 'bpchar' | 'decimal' | 'float' | 'time' | 'plain';

const TEXTS: readonly string[] = ['text', 'varchar', 'bpchar'];
/** As Postgres widens them, from left to right; so the times. */
const NUMBERS: readonly string[] = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'];
const TIMES: readonly string[] = ['date', 'timestamp', 'timestamptz'];
const FAMILIES = [TEXTS, NUMBERS, TIMES, ['bool'], ['uuid']];

/** Whatever is of the database's own making is above. */
const FIRST_OWN_OID = 16_384;

/** @returns the type's name in an expression: itself, `enum` for one of the database's own types; null when it cannot be compared. */
export function comparableType(column: { type: string; type_oid: number; dimensions: number }): string | null {
  if (column.dimensions > 0) return null;
  if (column.type_oid >= FIRST_OWN_OID) return 'enum';
  return isBuiltIn(column.type) ? column.type : null;
}

/** Whether values of the type, as an expression names it, can be compared. */
export function isComparable(type: string): boolean {
  return type === 'enum' || isBuiltIn(type);
}

export function isBuiltIn(type: string): boolean {
  return familyOf(type) !== undefined;
}

export function isText(type: string): boolean {
  return TEXTS.includes(type);
}

export function isNumber(type: string): boolean {
  return NUMBERS.includes(type);
}

function isFloat(type: string): boolean {
  return type === 'float4' || type === 'float8';
}

export function isTime(type: string): boolean {
  return TIMES.includes(type);
}

/** How values of the two types are compared; null: not at all. */
export function comparisonOf(left: string, right: string): Comparison | null {
  if (isText(left) && isText(right)) {
    const hasBlankPadded = left === 'bpchar' || right === 'bpchar';
    return hasBlankPadded && left !== 'text' && right !== 'text' ? 'bpchar' : 'text';
  }
  if (isNumber(left) && isNumber(right)) {
    if (!isFloat(left) && !isFloat(right)) return 'decimal';
    // Postgres makes a float8 of the numeric, which fails in the middle of a query when it does not fit.
    return left === 'numeric' || right === 'numeric' ? null : 'float';
  }
  if (isTime(left) && isTime(right)) return 'time';
  return left === right ? 'plain' : null;
}

/** The type in which a constant is compared with a value of the other. @param own null: unknown, as of a bare `'…'`. */
export function typeBeside(other: string, own: string | null): string {
  if (own === null) return other;
  return isFloat(other) && isNumber(own) && !isFloat(own) ? 'float8' : own;
}

/** The type that the members of an IN list have in common, of those of the column and of the members that have one. */
export function commonType(column: string, members: readonly string[]): string {
  const family = familyOf(column);
  // Among texts each becomes what comes first, the column's.
  if (!family || isText(column)) return column;
  return [column, ...members].reduce((a, b) => (family.indexOf(b) > family.indexOf(a) ? b : a));
}

/** The type in which a member of such a list is read, so that it is compared as its value in the common type. */
export function typeAmong(common: string, own: string | null): string {
  if (own === null || (isText(common) && isText(own))) return common;
  return isFloat(common) && isNumber(own) && !isFloat(own) ? common : own;
}

function familyOf(type: string): readonly string[] | undefined {
  return FAMILIES.find((family) => family.includes(type));
}
