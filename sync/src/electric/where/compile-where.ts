/** An expression as a function of a row of the log. */
import type { Expression, Operand, Operator } from './expression.ts';
import { likeMatcher } from './like.ts';
import { comparisonOf } from './types.ts';
import { type Comparable, comparer, isTextIdentity, reader } from './values.ts';

export interface RowValues {
  /** In Postgres' text form; null is NULL. @param place of the column in the row. */
  value(place: number): string | null;
}

type PlaceOf = (column: string) => number;
/** true, false, or null for SQL's unknown. */
type Truth = (row: RowValues) => boolean | null;

const HOLDS: Readonly<Record<Operator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/**
 * @param placeOf gives a column's place in the row; called while compiling only.
 * @returns true only where Postgres says TRUE.
 */
export function compileWhere(expression: Expression, placeOf: PlaceOf): (row: RowValues) => boolean {
  switch (expression.kind) {
    case 'and': {
      const parts = expression.of.map((part) => compileWhere(part, placeOf));
      return (row) => parts.every((part) => part(row));
    }
    case 'or': {
      const parts = expression.of.map((part) => compileWhere(part, placeOf));
      return (row) => parts.some((part) => part(row));
    }
    case 'compare': {
      // What most wheres are, and all that a row then costs: one comparison of strings.
      const { left, right, operator } = expression;
      if (operator === '=' && 'column' in left && 'constant' in right && isTextIdentity(left.type, right.type)) {
        const place = placeOf(left.column);
        const { constant } = right;
        return (row) => row.value(place) === constant;
      }
      break;
    }
    default:
  }
  const truth = compile(expression, placeOf);
  return (row) => truth(row) === true;
}

function compile(expression: Expression, placeOf: PlaceOf): Truth {
  switch (expression.kind) {
    case 'truth':
      return () => expression.value;
    case 'and':
      return all(
        expression.of.map((part) => compile(part, placeOf)),
        false,
      );
    case 'or':
      return all(
        expression.of.map((part) => compile(part, placeOf)),
        true,
      );
    case 'not': {
      const of = compile(expression.of, placeOf);
      return (row) => {
        const truth = of(row);
        return truth === null ? null : !truth;
      };
    }
    case 'is': {
      const of = compile(expression.of, placeOf);
      return (row) => of(row) === expression.value;
    }
    case 'null': {
      const place = placeOf(expression.column.column);
      return (row) => row.value(place) === null;
    }
    case 'compare': {
      const order = compileOrder(expression.left, expression.right, placeOf);
      const holds = HOLDS[expression.operator];
      return (row) => {
        const found = order(row);
        return found === null ? null : holds(found);
      };
    }
    case 'distinct': {
      const order = compileOrder(expression.left, expression.right, placeOf);
      const values = [compileText(expression.left, placeOf), compileText(expression.right, placeOf)] as const;
      return (row) => (order(row) ?? Number(values[0](row) !== values[1](row))) !== 0;
    }
    case 'in':
      return compileMembership(expression, placeOf);
    case 'like': {
      const place = placeOf(expression.column.column);
      const matches = likeMatcher(expression);
      return (row) => {
        const text = row.value(place);
        return text === null ? null : matches(text);
      };
    }
  }
}

/** AND (`decisive` false), OR (true): what is decisive, else unknown when a part is. */
function all(parts: readonly Truth[], decisive: boolean): Truth {
  return (row) => {
    let truth: boolean | null = !decisive;
    for (const part of parts) {
      const found = part(row);
      if (found === decisive) return decisive;
      if (found === null) truth = null;
    }
    return truth;
  };
}

function compileText(operand: Operand, placeOf: PlaceOf): (row: RowValues) => string | null {
  if ('constant' in operand) return () => operand.constant;
  const place = placeOf(operand.column);
  return (row) => row.value(place);
}

/** null when one of the two is. */
function compileOrder(left: Operand, right: Operand, placeOf: PlaceOf): (row: RowValues) => number | null {
  const comparison = comparisonOf(left.type, right.type) ?? 'plain';
  const compare = comparer(comparison);
  const [a, b] = [left, right].map((operand): ((row: RowValues) => Comparable | null) => {
    const read = reader(operand.type, comparison);
    if ('constant' in operand) {
      const constant = read(operand.constant);
      return () => constant;
    }
    const place = placeOf(operand.column);
    return (row) => {
      const text = row.value(place);
      return text === null ? null : read(text);
    };
  }) as [(row: RowValues) => Comparable | null, (row: RowValues) => Comparable | null];
  return (row) => {
    const one = a(row);
    const other = one === null ? null : b(row);
    return one === null || other === null ? null : compare(one, other);
  };
}

function compileMembership(
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
  const equals = constants.map((constant) => compileOrder(column, constant, placeOf));
  return (row) => {
    if (row.value(place) === null) return null;
    return equals.some((order) => order(row) === 0) ? true : missing;
  };
}
