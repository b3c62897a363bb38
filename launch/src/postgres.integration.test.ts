import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningPostgres, startPostgres } from './postgres.ts';

const run = promisify(execFile);

let folder: string;
const running: RunningPostgres[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-postgres-'));
});
afterEach(async () => {
  const servers = running.splice(0);
  for (const server of servers) await server.stop();
  for (const server of servers) await rm(server.folder, { recursive: true, force: true });
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

test('startPostgres: keeps rows across a restart and enables logical replication', async () => {
  await chmod(folder, 0o755);
  const first = await start();
  await ask(first.url, (sql) => sql`CREATE TABLE kept AS SELECT 1 AS n`);
  await first.stop();
  const second = await start();
  expect(
    await ask(second.url, async (sql) => [...(await sql`SELECT n, current_setting('wal_level') AS level FROM kept`)]),
  ).toEqual([{ n: 1, level: 'logical' }]);
});

test('startPostgres: replaces a server left behind by a killed parent', async () => {
  await chmod(folder, 0o755);
  const orphan = await start();
  const orphanEnded = orphan.ended;
  const heir = await start();
  await orphanEnded;
  expect(heir.pid).not.toBe(orphan.pid);
  expect(await ask(heir.url, async (sql) => (await sql`SELECT 1 AS n`)[0]?.['n'])).toBe(1);
});

test('startPostgres: starts despite the lock of a killed server', async () => {
  await chmod(folder, 0o755);
  const killed = await start();
  await ask(killed.url, (sql) => sql`CREATE TABLE kept AS SELECT 1 AS n`);
  process.kill(killed.pid, 'SIGKILL');
  const heir = await start();
  expect(await ask(heir.url, async (sql) => (await sql`SELECT n FROM kept`)[0]?.['n'])).toBe(1);
});

test('startPostgres: works in a folder that only root may enter and returns the cluster’s location', async () => {
  await chmod(folder, 0o700);
  const server = await start();
  expect(await ask(server.url, async (sql) => (await sql`SELECT 1 AS n`)[0]?.['n'])).toBe(1);
  expect(server.folder.startsWith(folder)).toBe(process.getuid?.() !== 0);
});

test('startPostgres: rejects a copy of a data folder whose cluster is elsewhere, and the original keeps running', async ({
  skip,
}) => {
  if (process.getuid?.() !== 0) return skip('the cluster is in the data folder unless root runs this');
  await chmod(folder, 0o700);
  const original = path.join(folder, 'original/cluster');
  const server = await startPostgres({ folder: original, settings: { fsync: 'off' } });
  running.push(server);
  await ask(server.url, (sql) => sql`CREATE TABLE kept AS SELECT 1 AS n`);
  await cp(path.join(folder, 'original'), path.join(folder, 'copy'), { recursive: true });
  await expect(startPostgres({ folder: path.join(folder, 'copy/cluster') })).rejects.toThrow(
    `is a copy of ${folder}/original`,
  );
  expect(await ask(server.url, async (sql) => (await sql`SELECT n FROM kept`)[0]?.['n'])).toBe(1);

  // A moved folder is not a copy.
  await server.stop();
  await rm(path.join(folder, 'copy'), { recursive: true });
  await rename(path.join(folder, 'original'), path.join(folder, 'moved'));
  const moved = await startPostgres({ folder: path.join(folder, 'moved/cluster'), settings: { fsync: 'off' } });
  running.push(moved);
  expect(await ask(moved.url, async (sql) => (await sql`SELECT n FROM kept`)[0]?.['n'])).toBe(1);

  // A folder whose cluster is missing does not start with an empty library by itself.
  await moved.stop();
  await rm(moved.folder, { recursive: true });
  await expect(startPostgres({ folder: path.join(folder, 'moved/cluster') })).rejects.toThrow('is no longer there');
});

test('startPostgres: rejects a copy made while the original ran; a copy made at rest has its own rows', async () => {
  await chmod(folder, 0o755);
  const server = await start();
  await ask(server.url, (sql) => sql`CREATE TABLE kept AS SELECT 1 AS n`);
  expect((await stat(server.folder)).mode & 0o777).toBe(0o700);
  const copy = path.join(folder, 'copy');
  await run('cp', ['-a', server.folder, copy]);
  await expect(startPostgres({ folder: copy })).rejects.toThrow('while that was running');
  expect(await ask(server.url, async (sql) => (await sql`SELECT n FROM kept`)[0]?.['n'])).toBe(1);

  await server.stop();
  await rm(copy, { recursive: true });
  await run('cp', ['-a', server.folder, copy]);
  const original = await start();
  const second = await startPostgres({ folder: copy, settings: { fsync: 'off' } });
  running.push(second);
  await ask(second.url, (sql) => sql`UPDATE kept SET n = 2`);
  expect(await ask(original.url, async (sql) => (await sql`SELECT n FROM kept`)[0]?.['n'])).toBe(1);
});
