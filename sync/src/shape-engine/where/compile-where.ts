/** Expressions compiled to functions of a log row. */
import {
  compileCompare,
  compileDistinct,
  compileMembership,
  compileTextEquality,
  type PlaceOf,
  type RowValues,
  type Truth,
} from './compile-comparison.ts';
import type { Expression } from './expression.ts';
import { likeMatcher } from './like.ts';

/**
 * Compiles a where. The most common form, equalities joined by AND, costs one string comparison per part and row.
 *
 * @param placeOf returns a column's index in the row; called only during compilation.
 * @returns a function that is true only where Postgres yields TRUE.
 */
export function compileWhere(expression: Expression, placeOf: PlaceOf): (row: RowValues) => boolean {
  if (expression.kind === 'and' || expression.kind === 'or') {
    // False and unknown parts are equivalent here.
    const parts = expression.of.map((part) => compileWhere(part, placeOf));
    const decisive = expression.kind === 'or';
    return (row) => {
      for (const part of parts) if (part(row) === decisive) return decisive;
      return !decisive;
    };
  }
  const equality = expression.kind === 'compare' ? compileTextEquality(expression, placeOf) : null;
  if (equality) return equality;
  const truth = compileTruth(expression, placeOf);
  return (row) => truth(row) === true;
}

function compileTruth(expression: Expression, placeOf: PlaceOf): Truth {
  switch (expression.kind) {
    case 'truth':
      return () => expression.value;
    case 'and':
    case 'or': {
      const parts = expression.of.map((part) => compileTruth(part, placeOf));
      return joined(parts, expression.kind === 'or');
    }
    case 'not': {
      const of = compileTruth(expression.of, placeOf);
      return (row) => {
        const truth = of(row);
        return truth === null ? null : !truth;
      };
    }
    case 'is': {
      const of = compileTruth(expression.of, placeOf);
      return (row) => of(row) === expression.value;
    }
    case 'null': {
      const place = placeOf(expression.column.column);
      return (row) => row.value(place) === null;
    }
    case 'compare':
      return compileCompare(expression, placeOf);
    case 'distinct':
      return compileDistinct(expression.left, expression.right, placeOf);
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

/** Joins by AND, where false is decisive, or by OR, where true is: decisive if any part is, else unknown if any part is. */
function joined(parts: readonly Truth[], decisive: boolean): Truth {
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
