/** Runs the statements that write replicated rows, within a transaction, and returns their changes. */
import type { Transaction } from '@electric-sql/pglite';
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import { copyText } from '../model/copy-text.ts';
import type { FoldedChanges, TextRow } from '../model/fold-changes.ts';
import type { ChangedAssets, TableChange } from '../model/replica.ts';
import { MAX_ASSETS } from '../model/replica-change.ts';
import {
  changedColumns,
  deleteStatement,
  type Partition,
  type RowTarget,
  sweepStatement,
  updateStatement,
  upsertStatement,
  type WrittenRow,
} from '../model/row-statements.ts';

/** @param options.copy whether none of the rows exist, so that COPY may insert them. */
export async function writeRows(
  tx: Transaction,
  target: RowTarget,
  rows: FoldedChanges,
  options: { partition: Partition | null; copy: boolean },
): Promise<TableChange[]> {
  const { upserts, updates, deletes } = rows;
  const changes: TableChange[] = [];
  if (upserts.length > 0) {
    if (options.copy) {
      const columns = [...target.types.keys()];
      await tx.query(`COPY ${target.table} (${columns.join(', ')}) FROM '/dev/blob'`, [], {
        blob: new Blob([copyText(upserts, columns)]),
      });
    } else await run(tx, upsertStatement(target, upserts));
    const packages = target.types.has('package_id') ? new Set(upserts.map((row) => row['package_id'] ?? '')) : null;
    // Rows that did not exist have left no package, so the packages say enough of very many.
    const assets =
      options.copy && upserts.length > MAX_ASSETS
        ? { ids: new Set<string>(), packages }
        : { ids: new Set(idsOf(target, upserts)), packages: new Set<string>() };
    changes.push({ packages, columns: null, assets });
  }
  for (const group of updates) {
    const statement = updateStatement(target, group);
    if (statement)
      changes.push(...(await writeCounted(tx, statement, changedColumns(target, group), idsOf(target, group))));
  }
  if (deletes.length > 0) {
    const statement = deleteStatement(target, deletes, options.partition);
    changes.push(...(await writeCounted(tx, statement, null, idsOf(target, deletes))));
  }
  return changes;
}

/** Ends a refetch by deleting the rows that it did not deliver again. */
export function sweepRows(
  tx: Transaction,
  target: RowTarget,
  reference: string,
  partition: Partition | null,
): Promise<TableChange[]> {
  return writeCounted(tx, sweepStatement(target, reference, partition));
}

/**
 * Runs a statement that returns {@link WrittenRow}s.
 *
 * @param columns the columns that the statement sets; null: it adds or deletes rows.
 * @param ids of the units whose rows it may write; null: any in the packages that it returns.
 */
export async function writeCounted(
  tx: Transaction,
  statement: Statement,
  columns: Iterable<string> | null = null,
  ids: Iterable<string> | null = null,
): Promise<TableChange[]> {
  const written = await run<WrittenRow>(tx, statement);
  if (written.length === 0) return [];
  const known = written.map((row) => row.package_id).filter((id) => id !== null);
  const packages = known.length === written.length ? new Set(known) : null;
  const assets: ChangedAssets =
    ids === null ? { ids: new Set(), packages } : { ids: new Set(ids), packages: new Set() };
  return [{ packages, columns: columns === null ? null : new Set(columns), assets }];
}

/** Returns the ids of the units, such as assets, that rows belong to. */
function idsOf({ key }: RowTarget, rows: readonly TextRow[]): string[] {
  const [id = ''] = key;
  return rows.map((row) => row[id] ?? '');
}

export async function run<Row extends object>(tx: Transaction, { text, values }: Statement): Promise<Row[]> {
  return (await tx.query<Row>(text, [...values])).rows;
}
