/** Finds out why no row matches. */
import type { Column } from './column.ts';
import { type ColumnFilters, filterRows } from './filter-rows.ts';

export interface CostliestFilter {
  /** Null: the words of the filter field. */
  readonly column: string | null;
  readonly label: string | null;
  /** The rows that match without it. */
  readonly rows: number;
}

/** Returns the filter without which the most rows match; null when no single one changes anything. */
export function costliestFilter<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  filters: ColumnFilters,
  text: string,
): CostliestFilter | null {
  const without: CostliestFilter[] = columns
    .filter(({ id }) => filters[id] !== undefined)
    .map(({ id, label }) => {
      const { [id]: _removed, ...others } = filters;
      return { column: id, label, rows: filterRows(rows, columns, others, text).length };
    });
  if (text.trim() !== '')
    without.push({ column: null, label: null, rows: filterRows(rows, columns, filters, '').length });
  const [most] = without.sort((a, b) => b.rows - a.rows);
  return most === undefined || most.rows === 0 ? null : most;
}
