/** Writes one shape's batch into the tables, within a transaction. */
import type { Transaction } from '@electric-sql/pglite';
import { shapes } from '@ingesthub/schema/library/shapes.ts';
import type { GatheredUnits } from '../model/affected-units.ts';
import { type FoldedChanges, foldChanges, type TextRow } from '../model/fold-changes.ts';
import type { GatheredChanges } from '../model/replica-change.ts';
import { isMutableTable, partitionOf, type ReplicatedTables } from '../model/replicated-tables.ts';
import { changedColumns, type Partition, type RowTarget, seenStatement } from '../model/row-statements.ts';
import { referenceText, type ShapeBatch } from '../model/shape-batch.ts';
import type { ShapeState } from '../model/shape-states.ts';
import type { TouchedUnits } from '../model/touched-units.ts';
import { run, sweepRows, writeRows } from './write-rows.ts';

export interface WriteOptions {
  readonly tables: ReplicatedTables;
  readonly state: ShapeState;
  /** Units whose changes go to the base tables instead of the shown rows. */
  readonly touched: TouchedUnits;
  /** Whether COPY may be used, which is fast but requires that none of the rows exist. */
  readonly copy: boolean;
  /** Collects the changes to the library's tables. */
  readonly changes: GatheredChanges;
  /** Collects the touched units whose server truth changed. */
  readonly affected: GatheredUnits;
}

/** @returns the ids of rows that were added or deleted; null: any may have been. */
export async function writeBatch(tx: Transaction, batch: ShapeBatch, options: WriteOptions): Promise<string[] | null> {
  const { table } = shapes[batch.reference.name];
  const { tables, state, changes, copy } = options;
  const target = tables.rows[batch.reference.name];
  const partition = partitionOf(batch.reference);
  const reference = referenceText(batch);
  const complete = state.refetching && batch.upToDateLsn !== null;
  const folded = foldChanges(batch.changes);

  if (state.refetching) await run(tx, seenStatement(target, reference, folded.upserts));
  const rest = await setAside(tx, folded, { ...options, reference, partition, complete }, table);
  for (const change of await writeRows(tx, target, rest, { partition, copy })) changes.add(table, change);
  if (complete) {
    for (const change of await sweepRows(tx, target, reference, partition)) changes.add(table, change);
    await tx.query('DELETE FROM replica.seen WHERE reference = $1', [reference]);
    return null;
  }
  const [id = ''] = target.key;
  return [...folded.upserts, ...folded.deletes].map((row) => row[id] ?? '');
}

/** Writes the rows of touched units to the base table. @returns the other rows. */
async function setAside(
  tx: Transaction,
  rows: FoldedChanges,
  options: WriteOptions & { reference: string; partition: Partition | null; complete: boolean },
  table: RowTarget['table'],
): Promise<FoldedChanges> {
  const { touched, affected, partition } = options;
  if (!isMutableTable(table) || touched.count(table) === 0) return rows;
  const base = options.tables.base[table];
  const unitOf = (row: TextRow) => row[base.unit] ?? '';
  const aside = select(rows, (row) => touched.has(table, unitOf(row)));
  await writeRows(tx, base, aside, { partition, copy: false });
  affected.add(table, [...aside.upserts, ...aside.deletes].map(unitOf), null);
  for (const group of aside.updates) affected.add(table, group.map(unitOf), changedColumns(base, group));
  if (options.complete) {
    await sweepRows(tx, base, options.reference, partition);
    // Rows that exist only through a mutation are about to be swept too.
    affected.add(table, touched.idsOf(table), null);
  }
  return select(rows, (row) => !touched.has(table, unitOf(row)));
}

function select({ upserts, updates, deletes }: FoldedChanges, wanted: (row: TextRow) => boolean): FoldedChanges {
  return {
    upserts: upserts.filter(wanted),
    updates: updates.map((rows) => rows.filter(wanted)).filter((rows) => rows.length > 0),
    deletes: deletes.filter(wanted),
  };
}
