/** Reads that may take long: each ends at its time limit, or when its client leaves. */
import postgres, { type Sql, type TransactionSql } from 'postgres';

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const QUERY_CANCELED = '57014';

export interface ReadBounds {
  readonly timeoutMs: number;
  /** Ends the read when its client has left. */
  readonly signal?: AbortSignal;
  /** Remedy shown to the person when the read takes longer. */
  readonly tooLong?: string;
}

/** A read exceeded its time limit; the message is for people. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

/**
 * Runs a read in its own transaction.
 *
 * @param read a single query if `signal` must be able to end it.
 * @throws TooLongError; the signal's reason.
 */
export async function boundedRead<Result>(
  sql: Sql,
  { timeoutMs, signal, tooLong = 'This takes too long on the server. Try again later.' }: ReadBounds,
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
        // Otherwise the cancellation could reach the next user of this connection.
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
