import type { Expression } from './expression.ts';
import { isTextIdentity } from './values.ts';

export interface RequiredEquality {
  readonly column: string;
  /** The constant in the log's form. */
  readonly constant: string;
}

/** Returns a text equality that holds for every row of a where, by which rows can be indexed; null if none is known. */
export function requiredEquality(expression: Expression | null): RequiredEquality | null {
  if (expression?.kind === 'and') {
    for (const part of expression.of) {
      const found = requiredEquality(part);
      if (found) return found;
    }
  }
  if (expression?.kind !== 'compare' || expression.operator !== '=') return null;
  const { left, right } = expression;
  if (!('column' in left) || !('constant' in right) || !isTextIdentity(left.type, right.type)) return null;
  return { column: left.column, constant: right.constant };
}
