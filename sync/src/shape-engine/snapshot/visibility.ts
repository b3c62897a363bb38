/** Which transactions a snapshot holds. */
import type { SnapshotBounds } from '../wire/messages.ts';

/** Reads what `pg_current_snapshot()` writes: `xmin:xmax:xid,xid,…`. */
export function parseSnapshotBounds(text: string): SnapshotBounds {
  const [xmin, xmax, list] = text.split(':');
  if (xmin === undefined || xmax === undefined || list === undefined)
    throw new SyntaxError(`"${text}" is no snapshot of Postgres`);
  return { xmin: BigInt(xmin), xmax: BigInt(xmax), inProgress: list === '' ? [] : list.split(',').map(BigInt) };
}

/** Whether a committed transaction is in the snapshot. @param xid the lower 32 bits, as the log has them. */
export function isVisible(bounds: SnapshotBounds, xid: number): boolean {
  const full = widen(xid, bounds.xmax);
  if (full < bounds.xmin) return true;
  return full < bounds.xmax && !bounds.inProgress.includes(full);
}

/** The 64-bit id nearest to one known to be of the same time. */
function widen(xid: number, near: bigint): bigint {
  const difference = BigInt.asIntN(32, BigInt(xid) - near);
  return near + difference;
}

/**
 * The transactions that came last in the log. A transaction is in the log a moment before it is visible
 * to snapshots: one taken in that moment, for a shape that joins the log after it, would lose it.
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

  /** Forgets them: the database that comes next has other transactions under the same ids. */
  clear(): void {
    this.#xids.length = 0;
    this.#next = 0;
  }

  /** Whether a snapshot holds all that are remembered. */
  allVisible(bounds: SnapshotBounds): boolean {
    return this.#xids.every((xid) => isVisible(bounds, xid));
  }
}
