/** Change messages of one shape -> what is to be done to its rows, each row once. */
import type { Operation } from '@electric-sql/client';

/** A row, or part of one, as Postgres writes it; null is SQL's NULL. */
export type TextRow = Readonly<Record<string, string | null>>;

export interface RowChange {
  /** Electric's name for the row. */
  readonly key: string;
  readonly operation: Operation;
  /** Insert: the row. Update: the key and the changed columns. Delete: at least the key. */
  readonly value: TextRow;
}

export interface FoldedChanges {
  /** Whole rows, new or not. */
  readonly upserts: readonly TextRow[];
  /** Groups of parts of rows, the same columns throughout a group. */
  readonly updates: readonly (readonly TextRow[])[];
  /** Keys at least. */
  readonly deletes: readonly TextRow[];
}

/** Folds what happened to each row into one operation; the order between rows does not matter then. */
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
