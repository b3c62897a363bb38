/** Visibility of transactions in a snapshot. */
import type { SnapshotBounds } from '../wire/messages.ts';

/** Reads the output of `pg_current_snapshot()`: `xmin:xmax:xid,xid,…`. */
export function parseSnapshotBounds(text: string): SnapshotBounds {
  const [xmin, xmax, list] = text.split(':');
  if (xmin === undefined || xmax === undefined || list === undefined)
    throw new SyntaxError(`"${text}" is not a Postgres snapshot`);
  return { xmin: BigInt(xmin), xmax: BigInt(xmax), inProgress: list === '' ? [] : list.split(',').map(BigInt) };
}

/** True if a committed transaction is in the snapshot. @param xid the lower 32 bits, as in the log. */
export function isVisible(bounds: SnapshotBounds, xid: number): boolean {
  const full = widen(xid, bounds.xmax);
  if (full < bounds.xmin) return true;
  return full < bounds.xmax && !bounds.inProgress.includes(full);
}

/** Returns the 64-bit id nearest to one known to be from the same time. */
function widen(xid: number, near: bigint): bigint {
  const difference = BigInt.asIntN(32, BigInt(xid) - near);
  return near + difference;
}

/**
 * The latest transactions in the log. A transaction enters the log a moment before snapshots see it: a snapshot taken in
 * that moment, for a shape that then joins the log after the transaction, would lose it.
 */
export class RecentTransactions {
  readonly #xids: number[] = [];
  #next = 0;
  readonly #limit: number;

  constructor(limit = 4096) {
    this.#limit = limit;
  }

  add(xid: number): void {
    this.#xids[this.#next] = xid;
    this.#next = (this.#next + 1) % this.#limit;
  }

  /** Forgets the transactions: the next database assigns the same ids to others. */
  clear(): void {
    this.#xids.length = 0;
    this.#next = 0;
  }

  /** True if a snapshot sees all remembered transactions. */
  allVisible(bounds: SnapshotBounds): boolean {
    return this.#xids.every((xid) => isVisible(bounds, xid));
  }
}
