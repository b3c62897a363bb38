/**
 * The rows held by a reader of `log=changes_only`: those that entered its shape since it began, at an LSN (`offset=now`)
 * or, after a must-refetch, with the snapshot that the log follows.
 */
import type { PostgresSnapshot } from '@electric-sql/client';
import { z } from 'zod';
import type { Membership } from './history.ts';
import type { CommittedTransaction } from './oracle.ts';
import type { SoakShape } from './shapes.ts';

const bounds = z.object({
  xmin: z.coerce.bigint(),
  xmax: z.coerce.bigint(),
  xip_list: z.array(z.coerce.bigint()),
});

export class ChangesOnly implements Membership {
  readonly shape: SoakShape;
  readonly keys = new Set<string>();
  readonly #follows: (transaction: CommittedTransaction) => boolean;

  private constructor(shape: SoakShape, follows: (transaction: CommittedTransaction) => boolean) {
    this.shape = shape;
    this.#follows = follows;
  }

  static sinceLsn(shape: SoakShape, lsn: bigint): ChangesOnly {
    return new ChangesOnly(shape, (transaction) => transaction.lsn > lsn);
  }

  static sinceSnapshot(shape: SoakShape, snapshot: Pick<PostgresSnapshot, keyof PostgresSnapshot>): ChangesOnly {
    const { xmin, xmax, xip_list: inProgress } = bounds.parse(snapshot);
    return new ChangesOnly(shape, (transaction) => {
      const xid = BigInt(transaction.xid);
      return xid >= xmax || (xid >= xmin && inProgress.includes(xid));
    });
  }

  entered(key: string, transaction: CommittedTransaction): void {
    if (this.#follows(transaction)) this.keys.add(key);
  }

  left(key: string, transaction: CommittedTransaction): void {
    if (this.#follows(transaction)) this.keys.delete(key);
  }
}
