/** Applies one shape's batch within a transaction: its rows, its new position and the mutations it acknowledges. */
import type { Transaction } from '@electric-sql/pglite';
import { shapes } from '@ingesthub/schema/library/shapes.ts';
import { acknowledgePending } from '../model/outbox-rows.ts';
import { batchLsn, referenceText, type ShapeBatch } from '../model/shape-batch.ts';
import { newShape, type ShapeState, writeShapeState } from '../model/shape-states.ts';
import { addDependents } from './dependents.ts';
import { writeBatch } from './write-batch.ts';
import type { WriterDraft } from './writer-draft.ts';

/** @param mayCopy whether the rows of a first load may be treated as new, so that COPY can insert them. */
export async function applyBatch(
  tx: Transaction,
  draft: WriterDraft,
  batch: ShapeBatch,
  mayCopy: boolean,
): Promise<void> {
  const reference = referenceText(batch);
  const state = draft.shapes.get(reference) ?? newShape;
  const loading = state.lsn === null;
  const snapshotRows = batch.changes.filter((change) => change.lsn === null).length;
  const ids = await writeBatch(tx, batch, {
    ...draft,
    state,
    copy: mayCopy && loading && !state.refetching && snapshotRows === batch.changes.length,
  });
  const next: ShapeState = {
    ...movedState(state, batch),
    loadedRows: state.loadedRows + (loading && !state.refetching ? snapshotRows : 0),
    refetching: state.refetching && batch.upToDateLsn === null,
  };
  await writeShapeState(tx, reference, next);
  draft.shapes.set(reference, next);
  draft.changedRows += batch.changes.length;
  addDependents(draft, shapes[batch.reference.name].table, ids);
  if (batch.reference.name === 'mutations') await acknowledge(tx, draft, batch);
}

/** Returns true when the batch only confirms that a loaded shape is up to date. */
export function isStill(state: ShapeState | undefined, { changes, handle, upToDateLsn }: ShapeBatch): boolean {
  if (state === undefined || state.lsn === null || state.refetching) return false;
  return changes.length === 0 && upToDateLsn !== null && state.handle === handle;
}

/** Returns the shape's state after the batch. */
export function movedState(state: ShapeState, batch: ShapeBatch): ShapeState {
  const { offset, handle, upToDateLsn } = batch;
  const lsn = batchLsn(batch);
  return {
    ...state,
    offset,
    handle,
    lsn: lsn === null || (state.lsn === null && upToDateLsn === null) ? state.lsn : lsn,
    upToDateAt: upToDateLsn === null ? state.upToDateAt : new Date(),
  };
}

/** Records which mutations the server reports as applied, and in which transaction. */
async function acknowledge(tx: Transaction, draft: WriterDraft, batch: ShapeBatch): Promise<void> {
  const waiting = draft.pending.filter((mutation) => mutation.acknowledgedLsn === null);
  if (waiting.length === 0) return;
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM public.mutations WHERE id = ANY ($1::uuid[]) AND status = 'applied'`,
    [waiting.map(({ mutation }) => mutation.id)],
  );
  const lsns = new Map(batch.changes.map((change) => [change.value['id'], change.lsn]));
  const acknowledged = new Map<string, bigint>();
  for (const { id } of rows) {
    // A snapshot row carries no position of its own; the snapshot's applies to it.
    const lsn = lsns.get(id) ?? batch.upToDateLsn;
    if (lsn !== null) acknowledged.set(id, lsn);
  }
  await acknowledgePending(tx, acknowledged);
  draft.pending = draft.pending.map((one) => {
    const acknowledgedLsn = acknowledged.get(one.mutation.id);
    return acknowledgedLsn === undefined ? one : { ...one, acknowledgedLsn };
  });
}
