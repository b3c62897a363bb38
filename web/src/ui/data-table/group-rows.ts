/** Groups the sorted rows of a table. */
import { compareWords } from './sort-rows.ts';

interface RowGroup {
  readonly key: string;
  readonly label: string;
  /** Groups are in the order of their ranks, then of their labels. */
  readonly rank?: number;
}

export interface Grouping<Row> {
  readonly label: string;
  /** The column that the heads of the groups make needless. */
  readonly replaces?: string;
  readonly of: (row: Row) => RowGroup;
}

export interface GroupOfRows<Row> extends RowGroup {
  readonly rows: readonly Row[];
}

/** @param grouping null: one group without a key for all rows. */
export function groupRows<Row>(rows: readonly Row[], grouping: Grouping<Row> | null): GroupOfRows<Row>[] {
  if (grouping === null) return [{ key: '', label: '', rows }];
  const groups = new Map<string, RowGroup & { rows: Row[] }>();
  for (const row of rows) {
    const group = grouping.of(row);
    const known = groups.get(group.key);
    if (known === undefined) groups.set(group.key, { ...group, rows: [row] });
    else known.rows.push(row);
  }
  return [...groups.values()].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || compareWords(a.label, b.label));
}
