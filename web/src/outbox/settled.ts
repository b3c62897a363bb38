/** When an applied mutation is confirmed. */
import type { PendingMutation } from './outbox-rows.ts';

/**
 * A mutation is confirmed when its own row has arrived, of a transaction at WAL position L, and each
 * shape that it touches has applied L or is up to date past it: only then are its effects part of
 * server truth here, and the local ones can go without the old value showing.
 *
 * @param appliedLsn of a followed shape, null before it is first up to date; undefined when it is not
 *   followed, and there is nothing to wait for.
 */
export function isConfirmed(
  pending: PendingMutation,
  appliedLsn: (reference: string) => bigint | null | undefined,
): boolean {
  const { acknowledgedLsn } = pending;
  return acknowledgedLsn !== null && waitsFor(pending, appliedLsn).length === 0;
}

/** The shapes that an acknowledged mutation still waits for. */
export function waitsFor(
  { acknowledgedLsn, shapes }: PendingMutation,
  appliedLsn: (reference: string) => bigint | null | undefined,
): string[] {
  if (acknowledgedLsn === null) return [];
  return shapes.filter((reference) => {
    const lsn = appliedLsn(reference);
    return lsn !== undefined && (lsn === null || lsn < acknowledgedLsn);
  });
}
