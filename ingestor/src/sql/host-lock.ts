/**
 * Ensures one daemon for each host with Postgres advisory locks. A lock ends with its connection, so a killed daemon's
 * lock is free at once, and a daemon that finds no other such lock knows that work marked as active is abandoned.
 */
import type { Sql, TransactionSql } from './client.ts';

/** The first key of the locks; the second is the host. The number is unique among our locks. */
const CLASS = 4_711_002;
/** First key for watching a media root; the second key is the root. */
const WATCHING = 4_711_005;
/** Key for removing unused files from the derivative folder. */
const SWEEPING = 4_711_006;
/** Held while a daemon joins, so that two daemons that start at once see each other. */
const JOINING = 4_711_003;

/**
 * Takes the host's lock, or confirms that this connection still holds it.
 *
 * @param sql a client with one connection, which keeps the lock as long as it lasts.
 * @returns false when another daemon has the lock.
 */
export function holdHostLock(sql: Sql, host: string): Promise<boolean> {
  return holdLock(sql, CLASS, host);
}

/** Takes the lock for watching a media root, or confirms that this connection still holds it. */
export function holdRootLock(sql: Sql, rootId: string): Promise<boolean> {
  return holdLock(sql, WATCHING, rootId);
}

async function holdLock(sql: Sql, kind: number, name: string): Promise<boolean> {
  const [row] = await sql<{ held: boolean }[]>`
    SELECT CASE
      WHEN EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
          AND classid = ${kind} AND objid = hashtext(${name})::bigint & x'ffffffff'::bigint
      ) THEN true
      ELSE pg_try_advisory_lock(${kind}, hashtext(${name}))
    END AS held`;
  return row?.held ?? false;
}

/**
 * Runs `work` as the only sweep, with a client of the connection that holds the lock. @returns null when another sweep
 * is running.
 */
export async function withSweepLock<T>(sql: Sql, work: (locks: Sql) => Promise<T>): Promise<T | null> {
  const session = await sql.reserve();
  try {
    const [row] = await session<{ held: boolean }[]>`SELECT pg_try_advisory_lock(${SWEEPING}, 0) AS held`;
    if (!row?.held) return null;
    try {
      return await work(session);
    } finally {
      await session`SELECT pg_advisory_unlock(${SWEEPING}, 0)`;
    }
  } finally {
    session.release();
  }
}

/** Takes the lock of a host without a daemon; null when a daemon has it. @returns a function that releases the lock. */
export async function tryHostLock(session: Sql, host: string): Promise<(() => Promise<void>) | null> {
  const [row] = await session<{ held: boolean }[]>`SELECT pg_try_advisory_lock(${CLASS}, hashtext(${host})) AS held`;
  if (!row?.held) return null;
  return async () => {
    await session`SELECT pg_advisory_unlock(${CLASS}, hashtext(${host}))`;
  };
}

/** Runs `work` while no other daemon joins this database. */
export async function whileJoining<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  const result = await sql.begin(async (session) => {
    await session`SELECT pg_advisory_xact_lock(${JOINING})`;
    return [await work()] as const;
  });
  return result[0];
}

/** Counts the daemons that hold a host's lock on this database. */
export async function countHostLocks(sql: Sql | TransactionSql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    SELECT count(*)::integer AS count
    FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND classid = ${CLASS}
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return row?.count ?? 0;
}
