/**
 * Offsets in a shape's log in the protocol's notation: `<lsn>_<op>`. The snapshot is `0_0`, `0_1`, …, one per chunk, and
 * `0_inf` is its end, before every change.
 */
export interface LogOffset {
  /** LSN of the transaction's commit record; 0 for the snapshot. */
  readonly lsn: bigint;
  /** Position of the change in its transaction, or of the chunk in the snapshot; may be Infinity. */
  readonly op: number;
}

/** `start` is `-1`, the beginning; `now` skips to the end. */
export type RequestedOffset = LogOffset | 'start' | 'now';

export const SNAPSHOT_END: LogOffset = { lsn: 0n, op: Number.POSITIVE_INFINITY };

/** @returns null when the text is not an offset. */
export function parseOffset(text: string): RequestedOffset | null {
  if (text === '-1') return 'start';
  if (text === 'now') return 'now';
  const parts = /^(\d{1,20})_(\d{1,15}|inf)$/.exec(text);
  if (!parts?.[1] || !parts[2]) return null;
  return { lsn: BigInt(parts[1]), op: parts[2] === 'inf' ? Number.POSITIVE_INFINITY : Number(parts[2]) };
}

export function formatOffset({ lsn, op }: LogOffset): string {
  return `${lsn}_${op === Number.POSITIVE_INFINITY ? 'inf' : op}`;
}

/** Negative when `a` is before `b`, 0 when they are equal. */
export function compareOffsets(a: LogOffset, b: LogOffset): number {
  if (a.lsn !== b.lsn) return a.lsn < b.lsn ? -1 : 1;
  if (a.op === b.op) return 0;
  return a.op < b.op ? -1 : 1;
}

export function laterLsn(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
