/** Connections to central Postgres. */
import postgres, { type Sql, type TransactionSql } from 'postgres';

export type { Sql, TransactionSql };

const CONNECT_TIMEOUT_SECONDS = 5;

/** Central Postgres does not answer; the message is one sentence for people. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
}

/** @param options.maxLifetime seconds after which a connection is replaced; null: never. */
export function connect(url: string, options: { max: number; maxLifetime?: number | null }): Sql {
  return postgres(url, {
    max: options.max,
    ...(options.maxLifetime === undefined ? {} : { max_lifetime: options.maxLifetime }),
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    connection: { application_name: 'ihub' },
    onnotice: () => {},
  });
}

/** @throws DatabaseUnreachable within five seconds or so. */
export async function checkConnection(sql: Sql, url: string): Promise<void> {
  try {
    await sql`SELECT 1`;
  } catch (error) {
    const why = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    throw new DatabaseUnreachable(`The database at ${placeOf(url)} does not answer: ${why}.`, { cause: error });
  }
}

/** Runs `work` in one transaction whose writes are stamped as the ingestor's. */
export async function transaction<T>(sql: Sql, work: (sql: TransactionSql) => Promise<T>): Promise<T> {
  const result = await sql.begin(async (session) => {
    await session`SELECT set_config('ihub.actor', 'ingestor', true)`;
    return [await work(session)] as const;
  });
  return result[0];
}

/** Host, port and database of a connection string; never its password. */
function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
}
