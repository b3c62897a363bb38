/** Checks the order of a reader's changes: strictly forward, transaction by transaction, none divided. */
import type { ChangeMessage } from '@electric-sql/client';
import { z } from 'zod';

const placed = z.object({
  lsn: z.string().transform(BigInt),
  op_position: z.number(),
  txids: z.tuple([z.number()]),
  last: z.boolean().default(false),
});

export class ChangeOrder {
  /** Transaction ids by LSN, of all changes received since they were last collected. */
  transactions = new Map<bigint, number>();
  #lsn = 0n;
  #position = -1;
  /** True once the last transaction's last message has arrived. */
  #complete: boolean = true;
  #upToDate = 0n;

  /**
   * @returns `again` for a change received before; `snapshot` for a row without a place in the log.
   * @throws Error when the change is out of order.
   */
  add(headers: ChangeMessage['headers']): 'new' | 'again' | 'snapshot' {
    if (headers['lsn'] === undefined) return 'snapshot';
    const { lsn, op_position: position, txids, last } = placed.parse(headers);
    this.transactions.set(lsn, txids[0]);
    if (lsn === this.#lsn && lsn === this.#upToDate && position <= this.#position) return 'again';
    const isNext = lsn > this.#lsn ? this.#complete : lsn === this.#lsn && position > this.#position && !this.#complete;
    if (!isNext)
      throw new Error(`${lsn}/${position} after ${this.#lsn}/${this.#position}${this.#complete ? ', its last' : ''}`);
    this.#lsn = lsn;
    this.#position = position;
    this.#complete = last;
    return 'new';
  }

  /** @throws Error when it comes within a transaction or lies behind the changes. */
  upToDate(lsn: bigint): void {
    if (!this.#complete) throw new Error(`up to date in the middle of transaction ${this.#lsn}`);
    if (lsn < this.#lsn) throw new Error(`up to date with ${lsn}, behind the change at ${this.#lsn}`);
    this.#upToDate = lsn;
  }

  /** Starts over after a must-refetch. */
  restart(): void {
    this.#lsn = 0n;
    this.#position = -1;
    this.#complete = true;
  }
}
