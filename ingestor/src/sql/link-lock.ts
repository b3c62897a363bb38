/** One pass over links at a time on each host: two would take each other's new links for old ones. */
import type { Sql } from './client.ts';

/** The first key of the lock; the second is the host. */
const CLASS = 4_711_004;

/** Runs `work` while nobody else links on this host; takes a connection of the pool for as long. */
export async function whileLinking<T>(sql: Sql, host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const session = await sql.reserve();
  try {
    signal.throwIfAborted();
    const waiting = session`SELECT pg_advisory_lock(${CLASS}, hashtext(${host}))`;
    const stop = () => waiting.cancel();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await waiting;
    } finally {
      signal.removeEventListener('abort', stop);
    }
    return await work();
  } finally {
    await session`SELECT pg_advisory_unlock(${CLASS}, hashtext(${host}))`.catch(() => {});
    session.release();
  }
}
