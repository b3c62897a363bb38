/** Comparisons compiled to functions of a log row. */
import type { Expression, Operand, Operator } from './expression.ts';
import { type Comparison, comparisonOf } from './types.ts';
import { type Comparable, comparer, equalityKey, isTextIdentity, reader } from './values.ts';

export interface RowValues {
  /** Returns a value in Postgres' text form; null for NULL. @param place index of the column in the row. */
  value(place: number): string | null;
}

export type PlaceOf = (column: string) => number;
/** true, false, or null for SQL's unknown. */
export type Truth = (row: RowValues) => boolean | null;

const HOLDS: Readonly<Record<Operator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

type Compare = Extract<Expression, { kind: 'compare' }>;

export function compileCompare({ operator, left, right }: Compare, placeOf: PlaceOf): Truth {
  const { a, b, compare } = compilePair(left, right, placeOf);
  const holds = HOLDS[operator];
  return (row) => {
    const one = a(row);
    const other = b(row);
    return one === null || other === null ? null : holds(compare(one, other));
  };
}

/** Compiles an equality of a column and a constant that are equal exactly when their texts are; null for any other comparison. */
export function compileTextEquality({ operator, left, right }: Compare, placeOf: PlaceOf) {
  if (operator !== '=' || !('column' in left) || !('constant' in right)) return null;
  if (!isTextIdentity(left.type, right.type)) return null;
  const place = placeOf(left.column);
  const { constant } = right;
  return (row: RowValues) => row.value(place) === constant;
}

export function compileDistinct(left: Operand, right: Operand, placeOf: PlaceOf): Truth {
  const { a, b, compare } = compilePair(left, right, placeOf);
  return (row) => {
    const one = a(row);
    const other = b(row);
    return one === null || other === null ? one !== other : compare(one, other) !== 0;
  };
}

export function compileMembership(
  { column, constants, with_null }: Extract<Expression, { kind: 'in' }>,
  placeOf: PlaceOf,
): Truth {
  const place = placeOf(column.column);
  const missing = with_null ? null : false;
  if (constants.every(({ type }) => isTextIdentity(column.type, type))) {
    const texts = new Set(constants.map(({ constant }) => constant));
    return (row) => {
      const text = row.value(place);
      if (text === null) return null;
      return texts.has(text) ? true : missing;
    };
  }
  // One set per type of constant, so that the cost per row does not grow with the list.
  const sets = [...Map.groupBy(constants, ({ type }) => type)].map(([type, members]) => {
    const comparison = comparisonOrThrow(column.type, type);
    const keyOfConstant = equalityKey(type, comparison);
    const keys = new Set(members.map(({ constant }) => keyOfConstant(constant)));
    return { keyOfColumn: equalityKey(column.type, comparison), keys };
  });
  return (row) => {
    const text = row.value(place);
    if (text === null) return null;
    return sets.some(({ keyOfColumn, keys }) => keys.has(keyOfColumn(text))) ? true : missing;
  };
}

function comparisonOrThrow(left: string, right: string): Comparison {
  const comparison = comparisonOf(left, right);
  if (comparison === null) throw new TypeError(`${left} and ${right} cannot be compared.`);
  return comparison;
}

function compilePair(left: Operand, right: Operand, placeOf: PlaceOf) {
  const comparison = comparisonOrThrow(left.type, right.type);
  return {
    a: compileOperand(left, comparison, placeOf),
    b: compileOperand(right, comparison, placeOf),
    compare: comparer(comparison),
  };
}

function compileOperand(operand: Operand, comparison: Comparison, placeOf: PlaceOf) {
  const read = reader(operand.type, comparison);
  if ('constant' in operand) {
    const constant = read(operand.constant);
    return () => constant;
  }
  const place = placeOf(operand.column);
  return (row: RowValues): Comparable | null => {
    const text = row.value(place);
    return text === null ? null : read(text);
  };
}
