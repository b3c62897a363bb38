/** Allows one pass over links at a time on each host: two passes would mistake each other's new links for old ones. */
import type { Sql } from './client.ts';

/** The first key of the lock; the second is the host. */
const CLASS = 4_711_004;

/** The last pass on each pool; never rejects. */
const lastPass = new WeakMap<Sql, Promise<unknown>>();

/** Runs `work` as the only pass on this host; occupies a connection of the pool meanwhile. */
export function whileLinking<T>(sql: Sql, host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  // One connection serves all waiting passes of this process, because the active pass needs others.
  const pass = (lastPass.get(sql) ?? Promise.resolve()).then(() => withLock(sql, host, signal, work));
  lastPass.set(
    sql,
    pass.catch(() => {}),
  );
  return pass;
}

async function withLock<T>(sql: Sql, host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const session = await sql.reserve();
  try {
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
