/** Sorts rows by a column. */
import type { CellValue, Column } from './column.ts';

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Compares names as people do: `take_9` comes before `take_10`, whatever the case. */
const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Returns the rows in order. Unknown values come last in both directions, and equal ones keep their order. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | null): Row[] {
  const column = columns.find(({ id }) => id === sort?.column);
  const rankOf = column?.rank ?? column?.value;
  if (sort === null || rankOf === undefined) return [...rows];
  const sign = sort.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: rankOf(row) }))
    .sort((a, b) => compareUnknown(a.value, b.value) ?? sign * compareKnown(a.value, b.value))
    .map(({ row }) => row);
}

/** Returns the sort after a click on a column's head: the other direction, or the column's own first one. */
export function nextSort<Row>(before: Sort | null, column: Column<Row>, rows: readonly Row[]): Sort {
  if (before?.column === column.id) return { column: column.id, descending: !before.descending };
  const rankOf = column.rank ?? column.value;
  const known = rows.map((row) => rankOf?.(row) ?? null).find((value) => value !== null);
  // The largest and the newest are looked for first, and names from A.
  return { column: column.id, descending: typeof known === 'number' || known instanceof Date };
}

/** Compares two words as the rows of a list are. */
export function compareWords(a: string, b: string): number {
  return words.compare(a, b);
}

function compareUnknown(a: CellValue, b: CellValue): number | null {
  const [aUnknown, bUnknown] = [isUnknown(a), isUnknown(b)];
  return aUnknown || bUnknown ? Number(aUnknown) - Number(bUnknown) : null;
}

function isUnknown(value: CellValue): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function compareKnown(a: CellValue, b: CellValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  return words.compare(String(a), String(b));
}
