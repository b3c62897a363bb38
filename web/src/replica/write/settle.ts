/** Settles the mutations that the server has confirmed or rejected, within a transaction. */
import type { Transaction } from '@electric-sql/pglite';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import type { WireError } from '@ingesthub/schema/values/errors.ts';
import { gatherUnits } from '../model/affected-units.ts';
import { deleteFromOutbox, type PendingMutation, rejectPending, wireErrorOf } from '../model/outbox-rows.ts';
import { tieMovesToSubjects } from './dependents.ts';
import { dropBase, rebase } from './rebase.ts';
import { confirmedMutations } from './settled.ts';
import { forgetMutations } from './undo-steps.ts';
import type { WriterDraft } from './writer-draft.ts';

/** Rebuilds, after batches were applied, the rows whose server truth or pending mutations have changed. */
export async function settle(tx: Transaction, draft: WriterDraft): Promise<void> {
  const refused = await markRejected(tx, draft, await refusals(tx, draft.pending));
  const accepted = draft.pending.filter((one) => !refused.includes(one));
  const confirmed = confirmedMutations(accepted, (reference) => draft.shapes.get(reference)?.lsn);
  const ids = confirmed.map(({ mutation }) => mutation.id);
  if (ids.length > 0) await deleteFromOutbox(tx, ids);
  await release(tx, draft, [...refused, ...confirmed]);
}

/** Rolls back mutations that the server rejected. @param errors by the mutations' ids. */
export async function rejectMutations(
  tx: Transaction,
  draft: WriterDraft,
  errors: ReadonlyMap<string, WireError>,
): Promise<void> {
  await release(tx, draft, await markRejected(tx, draft, errors));
}

async function markRejected(
  tx: Transaction,
  draft: WriterDraft,
  errors: ReadonlyMap<string, WireError>,
): Promise<PendingMutation[]> {
  if (errors.size === 0) return [];
  for (const [id, error] of errors) await rejectPending(tx, id, error);
  await forgetMutations(tx, [...errors.keys()]);
  draft.rejectedChanged = true;
  draft.undoChanged = true;
  return draft.pending.filter(({ mutation }) => errors.has(mutation.id));
}

async function release(tx: Transaction, draft: WriterDraft, settled: readonly PendingMutation[]): Promise<void> {
  const { tables, touched, affected } = draft;
  const free = gatherUnits();
  for (const one of settled) {
    const { ids } = one.mutation.args;
    affected.add(one.table, ids, mutatorOf(one.mutation.name).columns(one.mutation.args as never));
    free.add(one.table, touched.remove(one), null);
  }
  const ended = new Set(settled);
  draft.pending = draft.pending.filter((one) => !ended.has(one));
  tieMovesToSubjects(draft);
  for (const { ids } of affected.tables.values()) draft.changedRows += ids.size;
  await rebase(tx, draft);
  for (const [table, { ids }] of free.tables) {
    await dropBase(tx, tables.base[table], [...ids], touched.count(table) > 0);
  }
}

/** Returns the errors of the mutations whose replicated rows say that the server rejected them. */
async function refusals(tx: Transaction, pending: readonly PendingMutation[]): Promise<Map<string, WireError>> {
  if (pending.length === 0) return new Map();
  const { rows } = await tx.query<{ id: string; error_code: string; error_message: string | null }>(
    `SELECT id, error_code, error_message FROM public.mutations
     WHERE id = ANY ($1::uuid[]) AND status = 'rejected'`,
    [pending.map(({ mutation }) => mutation.id)],
  );
  return new Map(rows.map((row) => [row.id, wireErrorOf(row.error_code, row.error_message)]));
}
