/** Loads rows of a prepared project, within a transaction: its tables may be in use, so the rows come a few at a time. */

import type { Offset } from '@electric-sql/client';
import type { Transaction } from '@electric-sql/pglite';
import { formatShapeReference, type ShapeReference, shapes } from '@ingesthub/schema/library/shapes.ts';
import type { TextRow } from '../model/fold-changes.ts';
import type { RowTarget } from '../model/row-statements.ts';
import { type LoadedPart, newShape, type ShapeState, writeShapeState } from '../model/shape-states.ts';
import { addDependents } from './dependents.ts';
import { writeBatch } from './write-batch.ts';
import type { WriterDraft } from './writer-draft.ts';

export interface PreparedRows {
  readonly reference: ShapeReference;
  /** Rows in COPY's binary format, with the shape's columns. */
  readonly copy: Blob;
  /** The number of rows. */
  readonly count: number;
  /** The packages of the rows. */
  readonly packages: ReadonlySet<string>;
  /** How much is loaded then, or where the shape goes on when that is all. */
  readonly next: { readonly prepared: LoadedPart } | { readonly offset: Offset; readonly handle: string };
}

/**
 * @param mayCopy whether none of the rows exist, as is usual: an asset may have moved here from another project.
 * @returns the milliseconds that it took, during which no one else could read.
 */
export async function loadRows(
  tx: Transaction,
  draft: WriterDraft,
  rows: PreparedRows,
  mayCopy: boolean,
): Promise<number> {
  const began = performance.now();
  const { reference, count, packages, next } = rows;
  const text = formatShapeReference(reference);
  const state = draft.shapes.get(text) ?? newShape;
  const { table } = shapes[reference.name];
  // Rows that an unconfirmed mutation touches, or depends on, are told apart one by one.
  if (count > 0 && mayCopy && draft.pending.length === 0) {
    await copyInto(tx, draft.tables.rows[reference.name], draft.tables.rows[reference.name].table, rows.copy);
    // Rows that did not exist have left no package, so the packages say enough.
    draft.changes.add(table, { packages, columns: null, assets: { ids: new Set(), packages } });
  } else if (count > 0) {
    const changes = (await readRows(tx, draft.tables.rows[reference.name], rows.copy)).map((value) => ({
      key: shapes[reference.name].key.map((column) => value[column]).join(' '),
      operation: 'insert' as const,
      value,
      lsn: null,
    }));
    const batch = { reference, changes, offset: state.offset, handle: '', upToDateLsn: null };
    addDependents(draft, table, await writeBatch(tx, batch, { ...draft, state, copy: false }));
  }
  const loaded: ShapeState = {
    ...state,
    loadedRows: state.loadedRows + count,
    ...('prepared' in next ? next : { ...next, prepared: null }),
  };
  await writeShapeState(tx, text, loaded);
  draft.shapes.set(text, loaded);
  draft.changedRows += count;
  return performance.now() - began;
}

async function copyInto(tx: Transaction, target: RowTarget, table: string, blob: Blob): Promise<void> {
  const columns = [...target.types.keys()].join(', ');
  await tx.query(`COPY ${table} (${columns}) FROM '/dev/blob' (FORMAT binary)`, [], { blob });
}

/** Returns the rows as Postgres text. */
async function readRows(tx: Transaction, target: RowTarget, blob: Blob): Promise<TextRow[]> {
  await tx.exec(`CREATE TEMP TABLE prepared_rows (LIKE ${target.table}) ON COMMIT DROP`);
  await copyInto(tx, target, 'prepared_rows', blob);
  const columns = [...target.types.keys()].map((column) => `${column}::text`);
  return (await tx.query<TextRow>(`SELECT ${columns.join(', ')} FROM prepared_rows`)).rows;
}
