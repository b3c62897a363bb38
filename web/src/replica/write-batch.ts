/** Writes what one shape brought into the tables, within a transaction. */
import type { Transaction } from '@electric-sql/pglite';
import type { Statement } from '@ingesthub/schema/mutators.ts';
import { copyText } from './copy-text.ts';
import { type FoldedChanges, foldChanges, type TextRow } from './fold-changes.ts';
import { partitionOf, type ReplicatedTables } from './replicated-tables.ts';
import {
  deleteStatement,
  type Partition,
  type RowTarget,
  seenStatement,
  sweepStatement,
  updateStatement,
  upsertStatement,
} from './row-statements.ts';
import { referenceText, type ShapeBatch } from './shape-batch.ts';
import type { ShapeState } from './shape-states.ts';

export interface WriteOptions {
  readonly tables: ReplicatedTables;
  readonly state: ShapeState;
  /** The assets that unconfirmed mutations touch: their changes go to server truth beside them. */
  readonly touched: ReadonlySet<string>;
  /** COPY is the fast way into a table that has none of the rows. */
  readonly copy: boolean;
}

/** @returns the ids of touched assets whose server truth changed. */
export async function writeBatch(tx: Transaction, batch: ShapeBatch, options: WriteOptions): Promise<string[]> {
  const { tables, state } = options;
  const target = tables.rows[batch.reference.name];
  const partition = partitionOf(batch.reference);
  const folded = foldChanges(batch.changes);
  const isTouched = (row: TextRow) => batch.reference.name === 'assets' && options.touched.has(row['id'] ?? '');

  if (state.refetching) await run(tx, seenStatement(target, referenceText(batch), folded.upserts));
  await writeRows(
    tx,
    target,
    partition,
    select(folded, (row) => !isTouched(row)),
    options.copy,
  );
  const besides = select(folded, isTouched);
  await writeRows(tx, tables.base, partition, besides, false);

  if (state.refetching && batch.upToDateLsn !== null) {
    await run(tx, sweepStatement(target, referenceText(batch), partition));
    if (batch.reference.name === 'assets') await run(tx, sweepStatement(tables.base, referenceText(batch), partition));
    await tx.query('DELETE FROM replica.seen WHERE reference = $1', [referenceText(batch)]);
  }
  return [...besides.upserts, ...besides.updates.flat(), ...besides.deletes].map((row) => row['id'] ?? '');
}

async function writeRows(
  tx: Transaction,
  target: RowTarget,
  partition: Partition | null,
  { upserts, updates, deletes }: FoldedChanges,
  copy: boolean,
): Promise<void> {
  if (upserts.length > 0) {
    if (copy) {
      const columns = [...target.types.keys()];
      await tx.query(`COPY ${target.table} (${columns.join(', ')}) FROM '/dev/blob'`, [], {
        blob: new Blob([copyText(upserts, columns)]),
      });
    } else await run(tx, upsertStatement(target, upserts));
  }
  for (const rows of updates) {
    const statement = updateStatement(target, rows);
    if (statement) await run(tx, statement);
  }
  if (deletes.length > 0) await run(tx, deleteStatement(target, deletes, partition));
}

function select({ upserts, updates, deletes }: FoldedChanges, wanted: (row: TextRow) => boolean): FoldedChanges {
  return {
    upserts: upserts.filter(wanted),
    updates: updates.map((rows) => rows.filter(wanted)).filter((rows) => rows.length > 0),
    deletes: deletes.filter(wanted),
  };
}

async function run(tx: Transaction, { text, values }: Statement): Promise<void> {
  await tx.query(text, [...values]);
}
