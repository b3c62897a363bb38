/** The order of a subset: columns of the table with their directions. */
import type { Node } from 'libpg-query';
import { quoteIdentifier } from '../postgres/identifiers.ts';
import type { TableColumn } from '../postgres/table.ts';
import { readColumn } from './operands.ts';
import { parseOrder } from './syntax.ts';
import { refusal } from './where-error.ts';

const DIRECTIONS = { SORTBY_DEFAULT: '', SORTBY_ASC: ' ASC', SORTBY_DESC: ' DESC' } as const;
const NULLS = {
  SORTBY_NULLS_DEFAULT: '',
  SORTBY_NULLS_FIRST: ' NULLS FIRST',
  SORTBY_NULLS_LAST: ' NULLS LAST',
} as const;

/**
 * @param text such as `created_at DESC NULLS LAST, id`.
 * @returns the order as SQL, with quoted names.
 * @throws WhereError
 */
export function parseOrderBy(text: string, columns: readonly TableColumn[]): string {
  const { terms, locationOf } = parseOrder(text);
  const context = { columns, params: new Map<number, string>(), locationOf };
  return terms
    .map(({ node, sortby_dir = 'SORTBY_DEFAULT', sortby_nulls = 'SORTBY_NULLS_DEFAULT' }) => {
      const { column, location } = readColumn(node as Node, context);
      if (sortby_dir === 'SORTBY_USING') throw refusal(location, 'USING is not supported in an order');
      return `${quoteIdentifier(column.name)}${DIRECTIONS[sortby_dir]}${NULLS[sortby_nulls]}`;
    })
    .join(', ');
}
