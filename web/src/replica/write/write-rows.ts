/** Runs the statements that write replicated rows, within a transaction, and returns their changes. */
import type { Transaction } from '@electric-sql/pglite';
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import { copyText } from '../model/copy-text.ts';
import type { FoldedChanges } from '../model/fold-changes.ts';
import type { TableChange } from '../model/replica.ts';
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
    changes.push({ packages, columns: null });
  }
  for (const group of updates) {
    const statement = updateStatement(target, group);
    if (statement) changes.push(...(await writeCounted(tx, statement, changedColumns(target, group))));
  }
  if (deletes.length > 0)
    changes.push(...(await writeCounted(tx, deleteStatement(target, deletes, options.partition))));
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
 */
export async function writeCounted(
  tx: Transaction,
  statement: Statement,
  columns: Iterable<string> | null = null,
): Promise<TableChange[]> {
  const written = await run<WrittenRow>(tx, statement);
  if (written.length === 0) return [];
  const packages = written.map((row) => row.package_id).filter((id) => id !== null);
  return [
    {
      packages: packages.length === written.length ? new Set(packages) : null,
      columns: columns === null ? null : new Set(columns),
    },
  ];
}

export async function run<Row extends object>(tx: Transaction, { text, values }: Statement): Promise<Row[]> {
  return (await tx.query<Row>(text, [...values])).rows;
}
