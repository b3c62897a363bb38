/** Change messages of one shape -> one operation for each row. */
import type { Operation } from '@electric-sql/client';

/** A row, or part of a row, as Postgres text; null is SQL's NULL. */
export type TextRow = Readonly<Record<string, string | null>>;

export interface RowChange {
  /** Electric's name for the row. */
  readonly key: string;
  readonly operation: Operation;
  /** Insert: the whole row. Update: the key and the changed columns. Delete: at least the key. */
  readonly value: TextRow;
}

export interface FoldedChanges {
  /** Whole rows, new or not. */
  readonly upserts: readonly TextRow[];
  /** Partial rows, grouped so that each group has the same columns. */
  readonly updates: readonly (readonly TextRow[])[];
  /** Rows with at least their keys. */
  readonly deletes: readonly TextRow[];
}

/** Folds the changes of each row into one operation, so that the order between rows no longer matters. */
export function foldChanges(changes: Iterable<RowChange>): FoldedChanges {
  const byKey = new Map<string, RowChange>();
  for (const change of changes) {
    const before = byKey.get(change.key);
    byKey.set(change.key, before === undefined ? change : fold(before, change));
  }

  const upserts: TextRow[] = [];
  const updates = new Map<string, TextRow[]>();
  const deletes: TextRow[] = [];
  for (const { operation, value } of byKey.values()) {
    if (operation === 'insert') upserts.push(value);
    else if (operation === 'delete') deletes.push(value);
    else {
      const columns = Object.keys(value).toSorted().join(',');
      const group = updates.get(columns);
      if (group) group.push(value);
      else updates.set(columns, [value]);
    }
  }
  return { upserts, updates: [...updates.values()], deletes };
}

function fold(before: RowChange, change: RowChange): RowChange {
  if (change.operation !== 'update' || before.operation === 'delete') return change;
  return { ...before, value: { ...before.value, ...change.value } };
}
