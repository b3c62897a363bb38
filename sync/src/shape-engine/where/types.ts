/** Comparable types and the way they are compared, as Postgres resolves its operators. */

/**
 * - `text`: by bytes; a bpchar loses its trailing blanks
 * - `bpchar`: by bytes, ignoring trailing blanks on both sides
 * - `decimal`: numbers of any size
 * - `float`: as float8
 * - `time`: dates and timestamps on one time line, in UTC
 * - `plain`: equal values have equal texts
 */
export type Comparison = 'text' | 'bpchar' | 'decimal' | 'float' | 'time' | 'plain';

const TEXTS: readonly string[] = ['text', 'varchar', 'bpchar'];
/** In the order in which Postgres widens them, from left to right; likewise the times below. */
const NUMBERS: readonly string[] = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'];
const TIMES: readonly string[] = ['date', 'timestamp', 'timestamptz'];
const FAMILIES = [TEXTS, NUMBERS, TIMES, ['bool'], ['uuid']];

/** Lowest OID of objects created in the database. */
const FIRST_OWN_OID = 16_384;

/** @returns the type's name in an expression: its own, or `enum` for a type created in the database; null if it cannot be compared. */
export function comparableType(column: { type: string; type_oid: number; dimensions: number }): string | null {
  if (column.dimensions > 0) return null;
  if (column.type_oid >= FIRST_OWN_OID) return 'enum';
  return isBuiltIn(column.type) ? column.type : null;
}

/** True if values of the type, by its name in an expression, can be compared. */
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

/** Returns how values of the two types are compared; null if they cannot be. */
export function comparisonOf(left: string, right: string): Comparison | null {
  if (isText(left) && isText(right)) {
    const hasBlankPadded = left === 'bpchar' || right === 'bpchar';
    return hasBlankPadded && left !== 'text' && right !== 'text' ? 'bpchar' : 'text';
  }
  if (isNumber(left) && isNumber(right)) {
    if (!isFloat(left) && !isFloat(right)) return 'decimal';
    // Postgres converts the numeric to float8, which fails in the middle of a query when it does not fit.
    return left === 'numeric' || right === 'numeric' ? null : 'float';
  }
  if (isTime(left) && isTime(right)) return 'time';
  return left === right ? 'plain' : null;
}

/** Returns the type in which a constant is compared with a value of the other type. @param own null if unknown, as for a bare `'…'`. */
export function typeBeside(other: string, own: string | null): string {
  if (own === null) return other;
  return isFloat(other) && isNumber(own) && !isFloat(own) ? 'float8' : own;
}

/** Returns the common type of an IN list, from the column's type and the types of its typed members. */
export function commonType(column: string, members: readonly string[]): string {
  const family = familyOf(column);
  // Among texts, the first type wins, which is the column's.
  if (!family || isText(column)) return column;
  return [column, ...members].reduce((a, b) => (family.indexOf(b) > family.indexOf(a) ? b : a));
}

/** Returns the type in which a member of such a list is read, so that it compares like its value in the common type. */
export function typeAmong(common: string, own: string | null): string {
  if (own === null || (isText(common) && isText(own))) return common;
  return isFloat(common) && isNumber(own) && !isFloat(own) ? common : own;
}

function familyOf(type: string): readonly string[] | undefined {
  return FAMILIES.find((family) => family.includes(type));
}
