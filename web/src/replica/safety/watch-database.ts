/** Wraps a PGlite to report its errors before anything else handles them. */
import type { PGlite, Transaction } from '@electric-sql/pglite';

/**
 * Reports errors from inside transactions as well. A program that has ended never answers the ROLLBACK after its last
 * error, so code that awaits the transaction would never learn of it.
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
