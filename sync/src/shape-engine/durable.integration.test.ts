import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { type RunningPostgres, startPostgres } from '@ingesthub/launch/postgres.ts';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dropSlot } from './postgres/replication-slot.ts';
import { EngineFolder } from './shapes/engine-folder.ts';
import { EngineProcess } from './soak/engine-process.ts';
import { startEngine, TestReader } from './testing/test-engine.ts';

/** Limits for waits on the engine's own checks while the machine is busy. */
const PATIENT = { timeout: 20_000, interval: 50 };

let scratch: string;
let cluster: { folder: string; port: number; settings: Record<string, string> };
let server: RunningPostgres;
let sql: Sql;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'ingesthub-durable-'));
  // Little WAL is kept, so that a lagging slot soon loses it.
  const settings = { fsync: 'off', max_slot_wal_keep_size: '1MB', min_wal_size: '32MB', max_wal_size: '32MB' };
  cluster = { folder: join(scratch, 'cluster'), port: await freePort(), settings };
  server = await startPostgres(cluster);
  sql = postgres(server.url, { max: 2, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await server.stop();
  await rm(server.folder, { recursive: true, force: true });
  await rm(scratch, { recursive: true, force: true });
});

let count = 0;
let table: string;
beforeEach(async () => {
  table = `items_${++count}`;
  await sql.unsafe(`CREATE TABLE ${table} (id int PRIMARY KEY, note text)`);
  await sql.unsafe(`INSERT INTO ${table} SELECT i, 'at first' FROM generate_series(1, 100) AS i`);
});

function dataDir(name: string): string {
  return join(scratch, `${table}-${name}`);
}

async function handleNow(url: string): Promise<string | null> {
  const answer = await fetch(`${url}?table=${table}&offset=now`);
  await answer.body?.cancel();
  return answer.headers.get('electric-handle');
}

async function empty(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
}

/** Waits until the engine has confirmed to Postgres that everything is on its disk. */
async function acknowledged(folder: string): Promise<void> {
  const { slot } = await EngineFolder.open(folder, 'ingesthub');
  const [now] = await sql`SELECT pg_current_wal_lsn()::text AS lsn`;
  const confirmed = async () => {
    const [row] = await sql`
      SELECT confirmed_flush_lsn >= ${String(now?.['lsn'])}::pg_lsn AS done FROM pg_replication_slots WHERE slot_name = ${slot}`;
    return row?.['done'];
  };
  await expect.poll(confirmed).toBe(true);
}

test('keeps the handle when the engine is killed and restarted, and delivers writes made meanwhile once', async () => {
  const engine = await EngineProcess.create({ databaseUrl: server.url, dataDir: dataDir('kill') });
  engine.start();
  await engine.active();
  using reader = new TestReader({ url: engine.url, params: { table } });
  await reader.until((rows) => rows.size === 100);
  const handle = await handleNow(engine.url);
  for (let round = 1; round <= 2; round++) {
    await sql.unsafe(`UPDATE ${table} SET note = 'before ${round}' WHERE id <= 50`);
    await engine.end('SIGKILL');
    await sql.unsafe(`INSERT INTO ${table} VALUES (${1000 + round}, 'while it was away')`);
    engine.start();
    await engine.active();
    await sql.unsafe(`INSERT INTO ${table} VALUES (${2000 + round}, 'after')`);
    await reader.until((rows) => rows.has(`"public"."${table}"/"${2000 + round}"`));
  }
  expect(reader.rows.size).toBe(104);
  expect([...reader.rows.values()].filter((row) => row['note'] === 'before 2')).toHaveLength(50);
  expect(reader.refetches).toBe(0);
  expect(await handleNow(engine.url)).toBe(handle);
  // A reader that begins now reads the same log in full.
  using late = new TestReader({ url: engine.url, params: { table } });
  await late.until((rows) => rows.size === 104);
  expect([...late.rows].toSorted()).toEqual([...reader.rows].toSorted());
  await engine.end('SIGTERM');
});

test('follows a restarted Postgres again with the same handle', async () => {
  await using engine = await startEngine({ databaseUrl: server.url, folder: dataDir('restart') });
  using reader = new TestReader({ url: engine.url, params: { table } });
  await reader.until((rows) => rows.size === 100);
  await server.stop();
  server = await startPostgres(cluster);
  await sql.unsafe(`INSERT INTO ${table} VALUES (101, 'after')`);
  await reader.until((rows) => rows.size === 101);
  expect(reader.refetches).toBe(0);
});

test('keeps shapes over a lost connection, except for a table that left the publication meanwhile', async () => {
  await using engine = await startEngine({ databaseUrl: server.url, folder: dataDir('cut') });
  await sql.unsafe(`CREATE TABLE other_${table} (id int PRIMARY KEY)`);
  using reader = new TestReader({ url: engine.url, params: { table } });
  using other = new TestReader({ url: engine.url, params: { table: `other_${table}` } });
  await Promise.all([reader.until((rows) => rows.size === 100), other.until(() => true)]);
  await sql.begin(async (transaction) => {
    await transaction`SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active`;
    await transaction.unsafe(`ALTER PUBLICATION ingesthub DROP TABLE ${table}`);
    await transaction.unsafe(`INSERT INTO ${table} VALUES (101, 'in no log')`);
    await transaction.unsafe(`ALTER PUBLICATION ingesthub ADD TABLE ${table}`);
    await transaction.unsafe(`INSERT INTO other_${table} VALUES (1)`);
  });
  await reader.until((rows) => rows.size === 101);
  await other.until((rows) => rows.size === 1);
  expect([reader.refetches, other.refetches]).toEqual([1, 0]);
});

test('does not lose a transaction that is in the log but not yet visible to the snapshot of a new shape', async () => {
  await using engine = await startEngine({ databaseUrl: server.url, folder: dataDir('unseen') });
  using witness = new TestReader({ url: engine.url, params: { table } });
  await witness.until((rows) => rows.size === 100);
  // A commit waiting for a standby that never comes is in the log, but visible to no snapshot.
  const waitForStandby = async (name: string) => {
    await sql.unsafe(`ALTER SYSTEM SET synchronous_standby_names = '${name}'`);
    await sql`SELECT pg_reload_conf()`;
    await expect
      .poll(async () => (await sql`SHOW synchronous_standby_names`)[0])
      .toEqual({
        synchronous_standby_names: name,
      });
  };
  await waitForStandby('absent');
  const writer = postgres(server.url, { max: 1, onnotice: () => {} });
  const committed = writer.unsafe(`INSERT INTO ${table} VALUES (101, 'unseen')`).execute();
  await witness.until((rows) => rows.size === 101);
  expect(await sql.unsafe(`SELECT FROM ${table}`)).toHaveLength(100);
  using late = new TestReader({ url: engine.url, params: { table, columns: ['id'] } });
  // The engine keeps retrying the snapshot.
  await expect
    .poll(
      async () => (await sql`SELECT FROM pg_stat_activity WHERE query LIKE '%pg_current_snapshot()%'`).length,
      PATIENT,
    )
    .toBeGreaterThan(0);
  await waitForStandby('');
  await committed;
  await late.until((rows) => rows.size === 101);
  await writer.end();
});

test('starts shapes over when Postgres has removed a slot’s log, and reports why in its health', async () => {
  const folder = dataDir('lost');
  {
    await using engine = await startEngine({ databaseUrl: server.url, folder });
    using reader = new TestReader({ url: engine.url, params: { table } });
    await reader.until((rows) => rows.size === 100);
  }
  const { slot } = await EngineFolder.open(folder, 'ingesthub');
  await sql.unsafe(`INSERT INTO ${table} VALUES (101, 'in the log that goes')`);
  const status = async () => {
    await sql`SELECT pg_switch_wal()`;
    await sql.unsafe(`UPDATE ${table} SET note = repeat('x', 2000)`);
    await sql`CHECKPOINT`;
    const [row] = await sql`SELECT wal_status FROM pg_replication_slots WHERE slot_name = ${slot}`;
    return String(row?.['wal_status']);
  };
  await expect.poll(status).toBe('lost');
  await using engine = await startEngine({ databaseUrl: server.url, folder });
  using reader = new TestReader({ url: engine.url, params: { table } });
  await reader.until((rows) => rows.size === 101);
  expect((await engine.source.health()).notice).toContain('max_slot_wal_keep_size');
});

test('serves no stale shapes when the slot was dropped or has advanced without this folder', async () => {
  const folder = dataDir('old');
  const backup = dataDir('backup');
  const read = async (size: number) => {
    await using engine = await startEngine({ databaseUrl: server.url, folder });
    using reader = new TestReader({ url: engine.url, params: { table } });
    await reader.until((rows) => rows.size === size);
    await acknowledged(folder);
    return await handleNow(engine.url);
  };
  const first = await read(100);
  expect(await read(100)).toBe(first);
  await cp(folder, backup, { recursive: true });
  await sql.unsafe(`INSERT INTO ${table} VALUES (101, 'not in the backup')`);
  expect(await read(101)).toBe(first);
  await rm(folder, { recursive: true });
  await cp(backup, folder, { recursive: true });
  const second = await read(101);
  expect(second).not.toBe(first);
  await dropSlot(sql, (await EngineFolder.open(folder, 'ingesthub')).slot);
  await sql.unsafe(`DELETE FROM ${table} WHERE id = 101`);
  expect(await read(100)).not.toBe(second);
});

test('starts a table over that left and rejoined the publication while the engine was down', async () => {
  const folder = dataDir('publication');
  const read = async (size: number) => {
    await using engine = await startEngine({ databaseUrl: server.url, folder });
    using reader = new TestReader({ url: engine.url, params: { table } });
    await reader.until((rows) => rows.size === size);
    return await handleNow(engine.url);
  };
  const first = await read(100);
  await sql.unsafe(`ALTER PUBLICATION ingesthub DROP TABLE ${table}`);
  await sql.unsafe(`INSERT INTO ${table} VALUES (101, 'in no log')`);
  await sql.unsafe(`ALTER PUBLICATION ingesthub ADD TABLE ${table}`);
  expect(await read(101)).not.toBe(first);
});

test('drops an unread shape and one with too large a log, and keeps the rest', async () => {
  const limits = { idleMs: 200, checkMs: 50, changeBytes: 2_000 };
  await using engine = await startEngine({ databaseUrl: server.url, folder: dataDir('room'), limits });
  using reader = new TestReader({ url: engine.url, params: { table, columns: ['id'] } });
  await reader.until((rows) => rows.size === 100);
  const handle = await handleNow(engine.url);
  const stale = `${engine.url}?table=${table}&offset=0_inf&handle=${handle}`;
  await expect.poll(async () => (await fetch(stale)).status, { ...PATIENT, interval: 500 }).toBe(409);
  expect(reader.refetches).toBe(0);
  await sql.unsafe(`INSERT INTO ${table} SELECT i, 'more' FROM generate_series(101, 400) AS i`);
  await reader.until((rows) => rows.size === 400 && reader.refetches > 0);
});

test.each([
  ['a copy of its folder', () => Promise.resolve()],
  // Like pg_basebackup, which leaves slots out.
  ['a backup without its slots', () => empty(join(server.folder, 'data/pg_replslot'))],
])('starts shapes over at the database’s own positions when it is restored from %s', async (_, omit) => {
  const folder = dataDir('restored');
  await using engine = await startEngine({ databaseUrl: server.url, folder });
  using reader = new TestReader({ url: engine.url, params: { table } });
  await reader.until((rows) => rows.size === 100);
  const backup = dataDir('older-state');
  // An administrator's copy keeps the owner; Node's own copy would not.
  const copy = (from: string, to: string) => promisify(execFile)('cp', ['-a', from, to]);
  await server.stop();
  await copy(server.folder, backup);
  server = await startPostgres(cluster);
  // More transactions than the restored state will have by the end of the test.
  for (let id = 101; id <= 200; id++) await sql.unsafe(`INSERT INTO ${table} VALUES (${id}, 'never happened')`);
  await reader.until((rows) => rows.size === 200);
  await acknowledged(folder);

  await server.stop();
  await rm(server.folder, { recursive: true });
  await copy(backup, server.folder);
  await omit();
  server = await startPostgres(cluster);
  await reader.until((rows) => rows.size === 100);
  expect(reader.refetches).toBe(1);
  using late = new TestReader({ url: engine.url, params: { table, columns: ['id'] } });
  await late.until((rows) => rows.size === 100);
  const [now] = await sql`SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::text AS lsn`;
  for (const { lastSeenLsn } of [reader, late]) expect(lastSeenLsn).toBeLessThanOrEqual(BigInt(now?.['lsn']));
  await sql.unsafe(`INSERT INTO ${table} VALUES (101, 'happened')`);
  await Promise.all([reader, late].map((follower) => follower.until((rows) => rows.size === 101)));
});
