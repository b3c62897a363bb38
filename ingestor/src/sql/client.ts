/** Connects to central Postgres. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import postgres, { type Sql, type TransactionSql } from 'postgres';

export type { Sql, TransactionSql };

const CONNECT_TIMEOUT_SECONDS = 5;

/** Central Postgres does not respond; the message is one sentence for people. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
}

/** @param options.maxLifetime seconds after which a connection is replaced; null for never. */
export function connect(url: string, options: { max: number; maxLifetime?: number | null }): Sql {
  return postgres(url, {
    max: options.max,
    ...(options.maxLifetime === undefined ? {} : { max_lifetime: options.maxLifetime }),
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    connection: { application_name: 'ihub' },
    onnotice: () => {},
  });
}

/** @throws DatabaseUnreachable within about five seconds. */
export async function checkConnection(sql: Sql, url: string): Promise<void> {
  try {
    await sql`SELECT 1`;
  } catch (error) {
    const why = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    throw new DatabaseUnreachable(`The database at ${placeOf(url)} does not answer: ${why}.`, { cause: error });
  }
}

const WAIT_MS = 2000;

/**
 * Waits until the database responds, and logs the wait; the daemon may start before it. @throws the signal's reason.
 */
export async function waitForDatabase(
  sql: Sql,
  url: string,
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await checkConnection(sql, url);
    } catch (error) {
      if (!(error instanceof DatabaseUnreachable) || !isAway(error.cause)) throw error;
      if (attempt === 0) log.warn({ event: 'waiting for the database', problem: error.message });
      await delay(WAIT_MS, undefined, { signal });
    }
  }
}

/** Errors of pg, which the job queues use, have no codes. */
const LOST_CONNECTION =
  /^(Connection terminated|LISTEN\/NOTIFY connection ended|timeout exceeded when trying to connect)/;

/** Returns true when a database may respond later: it is down, starting or stopping. A wrong password stays wrong. */
export function isAway(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  return (
    LOST_CONNECTION.test(message) ||
    [
      'ECONNREFUSED',
      'ECONNRESET',
      'ENOTFOUND',
      'EAI_AGAIN',
      'ETIMEDOUT',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'EPIPE',
    ].includes(code) ||
    code.startsWith('CONNECTION') ||
    code === 'CONNECT_TIMEOUT' ||
    // cannot_connect_now, admin_shutdown, crash_shutdown, too_many_connections
    ['57P03', '57P01', '57P02', '53300'].includes(code)
  );
}

/** Runs `work` in one transaction whose writes are attributed to the ingestor. */
export async function transaction<T>(sql: Sql, work: (sql: TransactionSql) => Promise<T>): Promise<T> {
  const result = await sql.begin(async (session) => {
    await session`SELECT set_config('ihub.actor', 'ingestor', true)`;
    return [await work(session)] as const;
  });
  return result[0];
}

/** Returns host, port and database of a connection string; never its password. */
function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
}
