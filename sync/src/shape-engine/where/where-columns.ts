import type { Expression } from './expression.ts';

/** Returns the columns that a where reads, sorted and without duplicates. */
export function whereColumns(expression: Expression): string[] {
  return [...new Set(mentions(expression))].toSorted();
}

function mentions(expression: Expression): string[] {
  switch (expression.kind) {
    case 'truth':
      return [];
    case 'and':
    case 'or':
      return expression.of.flatMap(mentions);
    case 'not':
    case 'is':
      return mentions(expression.of);
    case 'compare':
    case 'distinct':
      return [expression.left, expression.right].flatMap((operand) => ('column' in operand ? [operand.column] : []));
    case 'null':
    case 'in':
    case 'like':
      return [expression.column.column];
  }
}
