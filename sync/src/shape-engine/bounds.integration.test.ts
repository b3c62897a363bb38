/** The engine’s limits: it answers what it can under any load, and asks the remaining readers to come back. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ShapeLimits } from './shapes/shape-registry.ts';
import { startEngine, type TestEngine } from './testing/test-engine.ts';

const LOCK = 4711;
let database: TestDatabase;
let folder: string;
const engines: TestEngine[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-bounds-'));
  await database.sql.unsafe(`
    CREATE TYPE held AS ENUM ('row');
    CREATE FUNCTION text_of(held) RETURNS text LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_lock_shared(${LOCK});
        PERFORM pg_advisory_unlock_shared(${LOCK});
        RETURN 'row';
      END $$;
    CREATE CAST (held AS text) WITH FUNCTION text_of(held);
    CREATE TABLE a (id int PRIMARY KEY, text held);
    CREATE TABLE b (id int PRIMARY KEY, text text);
    INSERT INTO a SELECT i, 'row' FROM generate_series(1, 100) AS i;
    INSERT INTO b SELECT i, 'row' FROM generate_series(1, 100) AS i;`);
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine[Symbol.asyncDispose]();
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function start(limits: Partial<ShapeLimits> = {}): Promise<TestEngine> {
  const own = await mkdtemp(path.join(folder, 'engine-'));
  const engine = await startEngine({ databaseUrl: database.url, folder: own, limits });
  engines.push(engine);
  return engine;
}

type Parameters = Readonly<Record<string, string>>;

function ask(engine: TestEngine, parameters: Parameters, signal?: AbortSignal): Promise<Response> {
  const query = new URLSearchParams({ offset: '-1', ...parameters });
  return fetch(`${engine.url}?${query}`, { signal: signal ?? null });
}

async function statusOf(engine: TestEngine, parameters: Parameters): Promise<number> {
  const answer = await ask(engine, parameters);
  await answer.text();
  return answer.status;
}

/** Repeats a request until the engine accepts it. */
async function askOn(engine: TestEngine, parameters: Parameters, signal?: AbortSignal): Promise<number> {
  for (;;) {
    const answer = await ask(engine, parameters, signal);
    await answer.text();
    if (answer.status !== 503) return answer.status;
  }
}

/** Returns the status of an answer that comes at once; null when none did. */
async function statusAtOnce(engine: TestEngine, parameters: Parameters): Promise<number | null> {
  const answer = await ask(engine, parameters, AbortSignal.timeout(1_000)).catch(() => null);
  await answer?.text();
  return answer?.status ?? null;
}

async function handlesOnDisk(): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\/\d+-\d+$/.test(name)).length;
}

/** Blocks reads of table `a` until disposed, even if the test fails, since the next test reads the table too. */
async function holdRows(): Promise<AsyncDisposable> {
  const connection = await database.sql.reserve();
  await connection.unsafe(`SELECT pg_advisory_lock(${LOCK})`);
  let held = true;
  return {
    async [Symbol.asyncDispose]() {
      if (!held) return;
      held = false;
      await connection.unsafe(`SELECT pg_advisory_unlock(${LOCK})`);
      connection.release();
    },
  };
}

test('keeps to its limit of shapes by dropping the longest unread for a new one', async () => {
  const engine = await start({ shapes: 3 });
  const handles: (string | null)[] = [];
  for (let id = 1; id <= 6; id++) {
    const answer = await ask(engine, { table: 'a', where: `id = ${id}` });
    handles.push(answer.headers.get('electric-handle'));
    await answer.text();
    await expect.poll(() => statusOf(engine, { table: 'a', where: `id = ${id}`, offset: 'now' })).toBe(200);
  }
  await expect.poll(handlesOnDisk).toBeLessThanOrEqual(3);
  const latest = await ask(engine, { table: 'a', where: 'id = 6' });
  expect(latest.headers.get('electric-handle')).toBe(handles[5]);
  await latest.text();
});

test('asks a reader to come back while every shape within the limit is in use', async () => {
  const engine = await start({ shapes: 1, longPollMs: 30_000 });
  const first = await ask(engine, { table: 'a', offset: 'now' });
  await first.text();
  const gone = new AbortController();
  const live = ask(
    engine,
    {
      table: 'a',
      offset: first.headers.get('electric-offset') ?? '',
      handle: first.headers.get('electric-handle') ?? '',
      live: 'true',
    },
    gone.signal,
  );
  live.catch(() => {});
  await expect.poll(() => statusOf(engine, { table: 'b' })).toBe(503);
  gone.abort();
  await expect.poll(() => statusOf(engine, { table: 'b' })).toBe(200);
});

test('drops shapes whose readers left before their turn, and rejects more than may wait', async () => {
  const engine = await start({ snapshotsWaiting: 2 });
  await statusOf(engine, { table: 'a', where: 'id = 0' });
  await using held = await holdRows();
  const running = [11, 12, 13].map((id) => askOn(engine, { table: 'a', where: `id = ${id}` }));
  const gone = new AbortController();
  const queued = [2, 3].map((id) => askOn(engine, { table: 'a', where: `id = ${id}` }, gone.signal));
  for (const request of queued) request.catch(() => {});
  // Another shape each time: one that gets ahead of the others is being created, and would never be rejected.
  let id = 100;
  await expect.poll(() => statusAtOnce(engine, { table: 'a', where: `id = ${id++}` })).toBe(503);
  gone.abort();
  const next = askOn(engine, { table: 'b' });
  await held[Symbol.asyncDispose]();
  expect([...(await Promise.all(running)), await next]).toEqual([200, 200, 200, 200]);
});

test('creates shapes while subsets are slow, and rejects more subsets than may wait', async () => {
  // As few as subsets at once, so that subsets on the snapshots' connections would leave none for shapes.
  const engine = await start({ snapshotsAtOnce: 2 });
  await statusOf(engine, { table: 'a', log: 'changes_only' });
  await statusOf(engine, { table: 'a', log: 'changes_only', offset: 'now' });
  await using held = await holdRows();
  const slow = Array.from({ length: 22 }, (_, id) =>
    askOn(engine, { table: 'a', log: 'changes_only', offset: 'now', subset__where: `id > ${id}` }),
  );
  const late = () => statusAtOnce(engine, { table: 'a', log: 'changes_only', offset: 'now', subset__where: 'id > 99' });
  await expect.poll(late).toBe(503);
  // Sooner than the slow subsets are ended.
  await expect.poll(() => statusAtOnce(engine, { table: 'b' }), { timeout: 20_000 }).toBe(200);
  await held[Symbol.asyncDispose]();
  expect(new Set(await Promise.all(slow))).toEqual(new Set([200]));
});

test('rejects a LIKE pattern over the limit', async () => {
  const engine = await start();
  const answer = await ask(engine, { table: 'b', where: 'text LIKE $1', 'params[1]': '%'.repeat(4001) });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('a LIKE pattern has at most 4000 characters');
});
