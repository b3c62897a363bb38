/** Subsets of all readers: a few at a time on separate connections, so that slow subsets hold up no shape. */
import pLimit from 'p-limit';
import type { Sql } from 'postgres';
import { BusyError } from '../protocol/busy-error.ts';
import { type SubsetOptions, type SubsetSnapshot, takeSubset } from './subset-snapshot.ts';

export interface SubsetsOptions {
  /** Has a connection per concurrent subset, held while Postgres delivers the rows. */
  readonly sql: Sql;
  readonly atOnce: number;
  /** Subsets that may wait for a connection. */
  readonly waiting: number;
}

export class Subsets {
  readonly #options: SubsetsOptions;
  readonly #limit: ReturnType<typeof pLimit>;
  #waiting = 0;

  constructor(options: SubsetsOptions) {
    this.#options = options;
    this.#limit = pLimit(options.atOnce);
  }

  /** @throws BusyError when too many already wait; the signal's reason; errors of `takeSubset`. */
  async take(options: Omit<SubsetOptions, 'sql'>): Promise<SubsetSnapshot> {
    const { sql, waiting, atOnce } = this.#options;
    const { signal } = options;
    signal.throwIfAborted();
    if (this.#limit.activeCount >= atOnce && this.#waiting >= waiting)
      throw new BusyError('Too many subsets are requested. Try again.');
    this.#waiting++;
    const { promise: turn, resolve, reject } = Promise.withResolvers<SubsetSnapshot>();
    // A reader that leaves frees its place in the queue at once.
    let waits = true;
    const begin = () => {
      if (waits) this.#waiting--;
      waits = false;
    };
    const leave = () => {
      begin();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
    this.#limit(async () => {
      begin();
      signal.throwIfAborted();
      return takeSubset({ ...options, sql });
    })
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave));
    return turn;
  }
}
