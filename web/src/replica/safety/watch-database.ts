/** A PGlite whose errors are heard before anything else is done about them. */
import type { PGlite, Transaction } from '@electric-sql/pglite';

/**
 * A program that has ended answers the ROLLBACK after its last error never: whoever waits for the end of
 * the transaction would not hear of it.
 */
export function watchDatabase(database: PGlite, onError: (error: unknown) => void): PGlite {
  async function heard<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      onError(error);
      throw error;
    }
  }
  const watched: Pick<PGlite, 'query' | 'exec' | 'transaction'> = {
    query: (...query) => heard(database.query(...query)),
    exec: (...statements) => heard(database.exec(...statements)),
    transaction: <Result>(work: (tx: Transaction) => Promise<Result>) =>
      heard(database.transaction((tx) => heard(work(tx)))),
  };
  return new Proxy(database, {
    get(target, name) {
      if (Object.hasOwn(watched, name)) return Reflect.get(watched, name);
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
