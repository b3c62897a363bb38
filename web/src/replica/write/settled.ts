/** When an applied mutation is confirmed. */
import type { PendingMutation } from '../model/outbox-rows.ts';

/** Of a followed shape, null before it is first up to date; undefined when it is not followed. */
export type AppliedLsn = (reference: string) => bigint | null | undefined;

/**
 * The mutations that are confirmed. A mutation is when its own row has arrived, of a transaction at
 * WAL position L, and each shape that it touches has applied L or is up to date past it: only then are
 * its effects part of server truth here, and the local ones can go without the old value showing. One
 * that touches what an earlier one touches waits for that one, which would be replayed over it.
 *
 * @param pending in their order.
 */
export function confirmedMutations(pending: readonly PendingMutation[], appliedLsn: AppliedLsn): PendingMutation[] {
  const confirmed: PendingMutation[] = [];
  const waiting: PendingMutation[] = [];
  for (const mutation of pending) {
    const { acknowledgedLsn } = mutation;
    const arrived = acknowledgedLsn !== null && waitsFor(mutation, appliedLsn).length === 0;
    if (arrived && !waiting.some((earlier) => overlap(earlier, mutation))) confirmed.push(mutation);
    else waiting.push(mutation);
  }
  return confirmed;
}

/** The shapes that an acknowledged mutation still waits for. */
export function waitsFor({ acknowledgedLsn, shapes }: PendingMutation, appliedLsn: AppliedLsn): string[] {
  if (acknowledgedLsn === null) return [];
  return shapes.filter((reference) => {
    const lsn = appliedLsn(reference);
    // Of one that is not followed nothing will ever arrive.
    return lsn !== undefined && (lsn === null || lsn < acknowledgedLsn);
  });
}

function overlap(earlier: PendingMutation, later: PendingMutation): boolean {
  if (earlier.table !== later.table) return false;
  const ids = new Set(earlier.mutation.args.ids);
  return later.mutation.args.ids.some((id) => ids.has(id));
}
