/** An expression as a function of a row of the log. */
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
 * What most wheres are, equalities joined by AND, costs a row one comparison of strings each.
 *
 * @param placeOf gives a column's place in the row; called while compiling only.
 * @returns true only where Postgres says TRUE.
 */
export function compileWhere(expression: Expression, placeOf: PlaceOf): (row: RowValues) => boolean {
  if (expression.kind === 'and' || expression.kind === 'or') {
    // Whether a part is false or unknown makes no difference here.
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

/** AND, for which false is decisive, or OR, for which true is: that if any part is, else unknown if any is. */
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
