/** The order of a subset: columns of the table, each with its direction. */
import { quoteIdentifier } from '../identifiers.ts';
import type { TableColumn } from '../table.ts';
import { readColumn } from './operands.ts';
import { parseClause } from './syntax.ts';
import { refusal, WhereError } from './where-error.ts';

const DIRECTIONS = { SORTBY_DEFAULT: '', SORTBY_ASC: ' ASC', SORTBY_DESC: ' DESC' } as const;
const NULLS = {
  SORTBY_NULLS_DEFAULT: '',
  SORTBY_NULLS_FIRST: ' NULLS FIRST',
  SORTBY_NULLS_LAST: ' NULLS LAST',
} as const;

/**
 * @param text such as `created_at DESC NULLS LAST, id`.
 * @returns the same as SQL, with quoted names.
 * @throws WhereError
 */
export function parseOrderBy(text: string, columns: readonly TableColumn[]): string {
  const { select, locationOf } = parseClause('ORDER BY', text);
  const { targetList, sortClause = [], limitOption, op, ...more } = select;
  const [other] = Object.keys(more);
  if (other !== undefined || sortClause.length === 0)
    throw new WhereError('An order is a list of columns and nothing more.');
  const context = { columns, params: new Map<number, string>(), locationOf };
  const terms = sortClause.map((node) => {
    const {
      node: column,
      sortby_dir = 'SORTBY_DEFAULT',
      sortby_nulls = 'SORTBY_NULLS_DEFAULT',
    } = 'SortBy' in node ? node.SortBy : {};
    if (!column) throw new WhereError('An order is a list of columns and nothing more.');
    if (sortby_dir === 'SORTBY_USING') throw refusal(locationOf(node), 'USING is not supported in an order');
    return `${quoteIdentifier(readColumn(column, context).column.name)}${DIRECTIONS[sortby_dir]}${NULLS[sortby_nulls]}`;
  });
  return terms.join(', ');
}
