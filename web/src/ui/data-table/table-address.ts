/** The sort and the filters of a table as parameters of an address, so that a link shows the same rows. */
import type { Column } from './column.ts';
import type { ColumnFilter, ColumnFilters } from './filter-rows.ts';
import type { Sort } from './sort-rows.ts';
import { parseBound } from './typed-bounds.ts';

/** The value of `?sort=`: a column's id, after a minus when the order is descending. */
export function formatSort(sort: Sort | null): string | undefined {
  return sort === null ? undefined : `${sort.descending ? '-' : ''}${sort.column}`;
}

export function parseSort(text: string | undefined): Sort | null {
  if (text === undefined || text === '' || text === '-') return null;
  const descending = text.startsWith('-');
  return { column: descending ? text.slice(1) : text, descending };
}

/** The value of the parameter with the column's id; undefined: no filter. */
export function formatFilter(filter: ColumnFilter | null): string | undefined {
  if (filter === null) return undefined;
  switch (filter.kind) {
    case 'words':
      return filter.text === '' ? undefined : filter.text;
    case 'choices':
      return filter.values.length === 0 ? undefined : filter.values.map(encode).join(',');
    case 'range':
      return filter.from === null && filter.to === null ? undefined : `${filter.from ?? ''}..${filter.to ?? ''}`;
  }
}

/** Returns the filters that the parameters give to the columns; those that cannot be read are left out. */
export function parseFilters<Row>(
  columns: readonly Column<Row>[],
  parameters: Readonly<Record<string, string | readonly string[] | undefined>>,
): ColumnFilters {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const text = parameters[column.id];
      const filter = typeof text === 'string' ? parseFilter(column, text) : null;
      return filter === null ? [] : [[column.id, filter]];
    }),
  );
}

function parseFilter<Row>({ filter }: Column<Row>, text: string): ColumnFilter | null {
  if (filter === undefined || text === '') return null;
  if (filter === 'words') return { kind: 'words', text };
  if (filter === 'choices') return { kind: 'choices', values: text.split(',').map(decode) };
  const [, from = '', to = ''] = /^(-?[\d.]*)\.\.(-?[\d.]*)$/.exec(text) ?? [];
  const [lower, upper] = [parseBound(from, 1), parseBound(to, 1)];
  if (lower === null && upper === null) return null;
  // A range that was turned round means the same range.
  const turned = lower !== null && upper !== null && lower > upper;
  return { kind: 'range', from: turned ? upper : lower, to: turned ? lower : upper };
}

/** Stands for the unknown choice: no other one is encoded as this. */
const UNKNOWN = '@none';

function encode(choice: string): string {
  return choice === '' ? UNKNOWN : encodeURIComponent(choice);
}

function decode(text: string): string {
  if (text === UNKNOWN) return '';
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
