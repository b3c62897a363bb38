/** Filters rows by their columns and by words. */
import { foldText, searchWords } from '../../replica/model/fold-text.ts';
import type { CellValue, Column } from './column.ts';

/** Bounds are included; null: no bound on that side. Days are milliseconds since 1970. */
export type ColumnFilter =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'choices'; readonly values: readonly string[] }
  | { readonly kind: 'range'; readonly from: number | null; readonly to: number | null };

/** By the column's id. */
export type ColumnFilters = Readonly<Record<string, ColumnFilter>>;

/** Returns the rows that meet all filters, and have all words of the text in one of their columns. */
export function filterRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  filters: ColumnFilters,
  text: string,
): Row[] {
  const asked = columns.flatMap(({ id, value }) => {
    const filter = filters[id];
    return filter === undefined || value === undefined ? [] : [{ value, filter }];
  });
  const wanted = searchWords(text);
  const worded = columns.filter(
    ({ value, filter }) => value !== undefined && (filter === 'words' || filter === 'choices'),
  );
  return rows.filter(
    (row) =>
      asked.every(({ value, filter }) => matchesFilter(value(row), filter)) &&
      (wanted.length === 0 || hasWords(worded.map((column) => textOf(column, row)).join(' '), wanted)),
  );
}

function matchesFilter(value: CellValue, filter: ColumnFilter): boolean {
  switch (filter.kind) {
    case 'words':
      return hasWords(choicesOf(value).join(' '), searchWords(filter.text));
    case 'choices':
      return choicesOf(value).some((choice) => filter.values.includes(choice));
    case 'range': {
      const number = value instanceof Date ? value.getTime() : value;
      return (
        typeof number === 'number' &&
        (filter.from === null || number >= filter.from) &&
        (filter.to === null || number <= filter.to)
      );
    }
  }
}

/** Returns the choices that a value counts under; an unknown one, and a list without items, are ''. */
function choicesOf(value: CellValue): readonly string[] {
  if (value === null) return [''];
  if (Array.isArray(value)) return value.length === 0 ? [''] : (value as readonly string[]);
  return [String(value)];
}

export interface CountedChoice {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** Counts the rows of each choice of a column, under the filters of the other columns. */
export function countChoices<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  column: Column<Row>,
  filters: ColumnFilters,
  text: string,
): CountedChoice[] {
  const counts = new Map<string, number>();
  const count = (row: Row, by: number) => {
    for (const choice of choicesOf(column.value?.(row) ?? null)) counts.set(choice, (counts.get(choice) ?? 0) + by);
  };
  // Choices of rows that the other filters leave out stay in the list, with 0.
  for (const row of rows) count(row, 0);
  const { [column.id]: _own, ...others } = filters;
  for (const row of filterRows(rows, columns, others, text)) count(row, 1);
  return [...counts].map(([value, count]) => ({ value, label: labelOf(column, value), count }));
}

function textOf<Row>(column: Column<Row>, row: Row): string {
  return choicesOf(column.value?.(row) ?? null)
    .map((choice) => (choice === '' ? '' : labelOf(column, choice)))
    .join(' ');
}

function labelOf<Row>(column: Column<Row>, choice: string): string {
  return column.choiceLabel?.(choice) ?? (choice === '' ? 'None' : choice);
}

function hasWords(text: string, words: readonly string[]): boolean {
  const folded = foldText(text);
  return words.every((word) => folded.includes(word));
}
