/** Reads that may be long: each ends by itself, or with whoever asked. */
import postgres, { type Sql, type TransactionSql } from 'postgres';

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const QUERY_CANCELED = '57014';

export interface ReadBounds {
  readonly timeoutMs: number;
  /** Ends it: nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** What to do about it when it takes longer, for people. */
  readonly tooLong?: string;
}

/** A read took longer than it may; its message is for people. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

/**
 * Runs a read in a transaction of its own.
 *
 * @param read one query, where a signal is to end it.
 * @throws TooLongError; the signal's reason.
 */
export async function boundedRead<Result>(
  sql: Sql,
  { timeoutMs, signal, tooLong = 'This takes too long at the server: ask again later.' }: ReadBounds,
  read: (tx: TransactionSql) => Promise<Result> & { cancel?(): unknown },
): Promise<Result> {
  try {
    const result = await sql.begin('read only', async (tx) => {
      await tx`SELECT set_config('statement_timeout', ${String(timeoutMs)}, true)`;
      signal?.throwIfAborted();
      const query = read(tx);
      let cancelled: unknown;
      const cancel = () => {
        cancelled = query.cancel?.();
      };
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        return await query;
      } finally {
        signal?.removeEventListener('abort', cancel);
        // Or it would reach whoever has this connection next.
        await cancelled;
      }
    });
    return result as Result;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof postgres.PostgresError && error.code === QUERY_CANCELED)
      throw new TooLongError(tooLong, { cause: error });
    throw error;
  }
}
