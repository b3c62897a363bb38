import { fork } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect, test } from 'vitest';

/** The lock that `migrate-server.ts` takes. */
const MIGRATION_LOCK = 4_711_001;

test('main: ends after migrating when stopped while waiting to migrate', async () => {
  await using database = await createTestDatabase();
  const session = await database.sql.reserve();
  await session`SELECT pg_advisory_lock(${MIGRATION_LOCK})`;
  const server = fork(new URL('./main.ts', import.meta.url), {
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url, IHUB_PORT: String(await freePort()) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(server, 'exit');
  const waiting = async () =>
    (await session`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = ${MIGRATION_LOCK}`)
      .length;
  await expect.poll(waiting).toBe(1);
  server.kill('SIGTERM');
  await session`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`;
  session.release();
  expect(await ended).toEqual([0, null]);
});
