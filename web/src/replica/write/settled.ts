/** Decides when an applied mutation is confirmed. */
import type { PendingMutation } from '../model/outbox-rows.ts';

/** Returns a shape's applied LSN: null before it is first up to date, undefined when it is not followed. */
export type AppliedLsn = (reference: string) => bigint | null | undefined;

/**
 * Returns the confirmed mutations. A mutation is confirmed when its own row has arrived, from a transaction at
 * WAL position L, and each shape it touches has applied L or is up to date past it. Only then are its effects
 * part of server truth here, so that dropping the local effects does not bring the old values back. A mutation
 * waits for any earlier one that touches the same units, which would otherwise be replayed over it.
 *
 * @param pending unconfirmed mutations, oldest first.
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

/** Returns the shapes that an acknowledged mutation still waits for. */
export function waitsFor({ acknowledgedLsn, shapes }: PendingMutation, appliedLsn: AppliedLsn): string[] {
  if (acknowledgedLsn === null) return [];
  return shapes.filter((reference) => {
    const lsn = appliedLsn(reference);
    // A shape that is not followed will never deliver anything.
    return lsn !== undefined && (lsn === null || lsn < acknowledgedLsn);
  });
}

function overlap(earlier: PendingMutation, later: PendingMutation): boolean {
  if (earlier.table !== later.table) return false;
  const ids = new Set(earlier.mutation.args.ids);
  return later.mutation.args.ids.some((id) => ids.has(id));
}
