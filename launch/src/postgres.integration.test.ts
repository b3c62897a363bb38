import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningPostgres, startPostgres } from './postgres.ts';

let folder: string;
const running: RunningPostgres[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-postgres-'));
});
afterEach(async () => {
  for (const server of running.splice(0)) {
    await server.stop();
    await rm(server.folder, { recursive: true, force: true });
  }
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<RunningPostgres> {
  const server = await startPostgres({ folder: path.join(folder, 'cluster'), settings: { fsync: 'off' } });
  running.push(server);
  return server;
}

async function ask<T>(url: string, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await question(sql);
  } finally {
    await sql.end();
  }
}

test('startPostgres: rows survive a stop and a start, and the log is fit for replication', async () => {
  await chmod(folder, 0o755);
  const first = await start();
  await ask(first.url, (sql) => sql`CREATE TABLE kept AS SELECT 1 AS n`);
  await first.stop();
  const second = await start();
  expect(
    await ask(second.url, async (sql) => [...(await sql`SELECT n, current_setting('wal_level') AS level FROM kept`)]),
  ).toEqual([{ n: 1, level: 'logical' }]);
});

test('startPostgres: a server that a killed parent left behind gives way', async () => {
  await chmod(folder, 0o755);
  const orphan = await start();
  const orphanEnded = orphan.ended;
  const heir = await start();
  await orphanEnded;
  expect(heir.pid).not.toBe(orphan.pid);
  expect(await ask(heir.url, async (sql) => (await sql`SELECT 1 AS n`)[0]?.['n'])).toBe(1);
});

test('startPostgres: the lock of a server that was killed outright does not stand in the way', async () => {
  await chmod(folder, 0o755);
  const killed = await start();
  await ask(killed.url, (sql) => sql`CREATE TABLE kept AS SELECT 1 AS n`);
  process.kill(killed.pid, 'SIGKILL');
  const heir = await start();
  expect(await ask(heir.url, async (sql) => (await sql`SELECT n FROM kept`)[0]?.['n'])).toBe(1);
});

test('startPostgres: a folder that only root may enter works too, and the answer says where the cluster is', async () => {
  await chmod(folder, 0o700);
  const server = await start();
  expect(await ask(server.url, async (sql) => (await sql`SELECT 1 AS n`)[0]?.['n'])).toBe(1);
  expect(server.folder.startsWith(folder)).toBe(process.getuid?.() !== 0);
});
