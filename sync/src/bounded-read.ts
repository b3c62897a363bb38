/** Reads that may be long: each ends by itself. */
import postgres, { type Sql, type TransactionSql } from 'postgres';

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const QUERY_CANCELED = '57014';

/** Runs reads in one transaction, none of them longer than that. @throws PostgresError: {@link tookTooLong} */
export async function boundedRead<Result>(
  sql: Sql,
  timeoutMs: number,
  read: (tx: TransactionSql) => Promise<Result>,
): Promise<Result> {
  const result = await sql.begin('read only', async (tx) => {
    await tx`SELECT set_config('statement_timeout', ${String(timeoutMs)}, true)`;
    return read(tx);
  });
  return result as Result;
}

export function tookTooLong(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === QUERY_CANCELED;
}
