import { Shape, ShapeStream, type ShapeStreamInterface } from '@electric-sql/client';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine, type TestEngine, TestReader } from './testing/test-engine.ts';

let database: TestDatabase;
let engine: TestEngine;
beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  engine = await startEngine({ databaseUrl: database.url, limits: { checkMs: 200 } });
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

test('Shape: holds the initial rows, and follows inserts, updates, deletes and changed keys', async () => {
  const { sql } = database;
  await sql`CREATE TABLE notes (id int PRIMARY KEY, title text, done bool NOT NULL DEFAULT false)`;
  await sql`INSERT INTO notes VALUES (1, 'one'), (2, 'two'), (3, NULL)`;
  const stop = new AbortController();
  const shape = new Shape(
    new ShapeStream({ url: engine.url, params: { table: 'notes' }, signal: stop.signal }) as ShapeStreamInterface,
  );
  expect(await shape.rows).toHaveLength(3);

  using reader = new TestReader({ url: engine.url, params: { table: 'notes' } });
  await reader.until((rows) => rows.size === 3);
  await sql.begin(async (transaction) => {
    await transaction`INSERT INTO notes VALUES (4, 'four', true)`;
    await transaction`UPDATE notes SET title = 'three', done = true WHERE id = 3`;
    await transaction`UPDATE notes SET id = 20 WHERE id = 2`;
    await transaction`DELETE FROM notes WHERE id = 1`;
  });
  const rows = await reader.until(() => reader.lsns.length > 0);
  expect(Object.fromEntries(rows)).toEqual({
    '"public"."notes"/"3"': { id: 3, title: 'three', done: true },
    '"public"."notes"/"4"': { id: 4, title: 'four', done: true },
    '"public"."notes"/"20"': { id: 20, title: 'two', done: false },
  });
  await expect.poll(() => shape.currentRows.map((row) => row['id']).toSorted()).toEqual([20, 3, 4]);
  stop.abort();
});

test('ShapeStream: keeps text keys with slashes, quotes and dots distinct in a quoted table', async () => {
  const { sql } = database;
  await sql`CREATE TABLE "Odd.Names" ("a/b" text, "B""C" text, value text, PRIMARY KEY ("a/b", "B""C"))`;
  await sql`INSERT INTO "Odd.Names" VALUES ('a', '/b', 'x'), ('a/', 'b', 'y'), ('it''s \\ "ü"', '', 'z')`;
  using reader = new TestReader({ url: engine.url, params: { table: '"Odd.Names"' } });
  await reader.until((rows) => rows.size === 3);
  await sql`UPDATE "Odd.Names" SET value = value || '!'`;
  const rows = await reader.until(() => reader.lsns.length > 0);
  expect([...rows.values()].map((row) => row['value']).toSorted()).toEqual(['x!', 'y!', 'z!']);
});

test('keeps a TOASTed column when an update leaves it unchanged, even one that moves the row into a shape', async () => {
  const { sql } = database;
  await sql`CREATE TABLE wide (id int PRIMARY KEY, shown bool NOT NULL, body text NOT NULL)`;
  await sql`ALTER TABLE wide ALTER body SET STORAGE EXTERNAL`;
  await sql`INSERT INTO wide VALUES (1, false, ${'x'.repeat(20_000)})`;
  using reader = new TestReader({ url: engine.url, params: { table: 'wide', where: 'shown = true' } });
  await reader.until((rows) => rows.size === 0);
  await sql`UPDATE wide SET shown = true`;
  const rows = await reader.until((found) => found.size === 1);
  expect(rows.get('"public"."wide"/"1"')?.['body']).toBe('x'.repeat(20_000));
});

test('lets readers refetch from a restarted engine and end with the same rows and the changes since', async () => {
  const { sql } = database;
  await sql`CREATE TABLE kept (id int PRIMARY KEY, n int)`;
  await sql`INSERT INTO kept SELECT i, i FROM generate_series(1, 100) AS i`;
  const first = await startEngine({ databaseUrl: database.url, publication: 'restarted' });
  using reader = new TestReader({ url: first.url, params: { table: 'kept' } });
  await reader.until((rows) => rows.size === 100);
  await first[Symbol.asyncDispose]();
  await sql`UPDATE kept SET n = -1 WHERE id = 1`;
  await using _second = await startEngine({ databaseUrl: database.url, publication: 'restarted' }, first.port);
  const rows = await reader.until((found) => reader.refetches > 0 && found.size === 100);
  expect(rows.get('"public"."kept"/"1"')).toEqual({ id: 1, n: -1 });
});

test('lets readers refetch after a lost replication connection, and readers that arrive meanwhile miss nothing', async () => {
  const { sql } = database;
  await sql`CREATE TABLE lost (id int PRIMARY KEY, a int, b int)`;
  const joined = [new TestReader({ url: engine.url, params: { table: 'lost' } })];
  await joined[0]?.until((rows) => rows.size === 0);
  for (const [id, columns] of [['id'], ['id', 'a'], ['id', 'b']].entries()) {
    await sql`SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE database = current_database()`;
    joined.push(new TestReader({ url: engine.url, params: { table: 'lost', columns } }));
    await sql`INSERT INTO lost VALUES (${id})`;
  }
  for (const reader of joined) {
    await reader.until((rows) => rows.size === 3);
    reader[Symbol.dispose]();
  }
  expect(joined[0]?.refetches).toBeGreaterThan(0);
});

test('refetches the shapes of a table after TRUNCATE, ALTER TABLE and DROP TABLE, and no others', async () => {
  const { sql } = database;
  await sql`CREATE TABLE altered (id int PRIMARY KEY, a text)`;
  await sql`CREATE TABLE untouched (id int PRIMARY KEY)`;
  await sql`INSERT INTO altered VALUES (1, 'a')`;
  using reader = new TestReader({ url: engine.url, params: { table: 'altered' } });
  using other = new TestReader({ url: engine.url, params: { table: 'untouched' } });
  await reader.until((rows) => rows.size === 1);
  await other.until(() => true);
  await sql`TRUNCATE altered`;
  await reader.until((rows) => rows.size === 0 && reader.refetches === 1);
  await sql`ALTER TABLE altered ADD COLUMN b text DEFAULT 'new'`;
  await sql`INSERT INTO altered VALUES (2, 'a')`;
  const rows = await reader.until((found) => found.size === 1);
  expect([...rows.values()]).toEqual([{ id: 2, a: 'a', b: 'new' }]);
  await sql`DROP TABLE altered`;
  await sql`CREATE TABLE altered (id int PRIMARY KEY)`;
  await sql`INSERT INTO altered VALUES (7)`;
  await reader.until((found) => found.has('"public"."altered"/"7"'));
  expect(other.refetches).toBe(0);
});

test('refetches shapes when the publication loses their table or is dropped', async () => {
  const { sql } = database;
  await sql`CREATE TABLE published (id int PRIMARY KEY)`;
  using reader = new TestReader({ url: engine.url, params: { table: 'published' } });
  await reader.until(() => true);
  await sql`ALTER PUBLICATION ingesthub DROP TABLE published`;
  await sql`INSERT INTO published VALUES (1)`;
  await reader.until((rows) => rows.size === 1);
  await sql`DROP PUBLICATION ingesthub`;
  await sql`INSERT INTO published VALUES (2)`;
  await reader.until((rows) => rows.size === 2);
  await sql`INSERT INTO published VALUES (3)`;
  await reader.until((rows) => rows.size === 3);
});

test('splits snapshots and logs larger than a chunk into several responses, with up-to-date only at the end', async () => {
  const { sql } = database;
  await sql`CREATE TABLE chunked (id int PRIMARY KEY, note text)`;
  await sql`INSERT INTO chunked SELECT i, repeat('x', 50) FROM generate_series(1, 300) AS i`;
  await using small = await startEngine({ databaseUrl: database.url, limits: { chunkBytes: 2000 } });
  using reader = new TestReader({ url: small.url, params: { table: 'chunked' } }, (rows) => {
    if (rows.size !== 300) throw new Error(`up to date with ${rows.size} rows`);
  });
  await reader.until(() => true);
  // A second reader reads the log after the snapshot: many transactions, in several responses.
  for (let id = 1; id <= 20; id++) await sql`UPDATE chunked SET note = repeat('y', 300) WHERE id = ${id}`;
  using late = new TestReader({ url: small.url, params: { table: 'chunked' } });
  const isNew = (row: Record<string, unknown>) => String(row['note']).startsWith('y');
  for (const each of [reader, late]) await each.until((rows) => [...rows.values()].filter(isNew).length === 20);
  const answer = await fetch(`${small.url}?table=chunked&offset=-1`);
  expect(answer.headers.get('electric-offset')).toBe('0_0');
  const next = new URLSearchParams({ offset: '0_0', handle: answer.headers.get('electric-handle') ?? '' });
  expect((await fetch(`${small.url}?table=chunked&${next}`)).headers.get('electric-offset')).toBe('0_1');

  // A single transaction longer than an answer is divided.
  await sql`UPDATE chunked SET note = repeat('z', 50)`;
  await reader.until((rows) => [...rows.values()].every((row) => String(row['note']).startsWith('z')));
  next.set('offset', '0_inf');
  for (let upToDate = false; !upToDate; ) {
    const part = await fetch(`${small.url}?table=chunked&${next}`);
    expect((await part.text()).length).toBeLessThan(3000);
    next.set('offset', part.headers.get('electric-offset') ?? '');
    upToDate = part.headers.has('electric-up-to-date');
  }
});

test('drops a log that outgrows its limit and a shape without readers; readers refetch', async () => {
  const { sql } = database;
  await sql`CREATE TABLE limited (id int PRIMARY KEY, note text)`;
  await sql`INSERT INTO limited VALUES (1, '')`;
  const limits = { changeBytes: 2000, idleMs: 300, checkMs: 50 };
  await using small = await startEngine({ databaseUrl: database.url, limits });
  {
    using reader = new TestReader({ url: small.url, params: { table: 'limited' } });
    await reader.until((rows) => rows.size === 1);
    await sql`UPDATE limited SET note = repeat('x', 3000)`;
    const rows = await reader.until(() => reader.refetches === 1);
    expect([...rows.values()][0]?.['note']).toHaveLength(3000);
  }
  const handleNow = async () => (await fetch(`${small.url}?table=limited&offset=now`)).headers.get('electric-handle');
  const handle = await handleNow();
  const unknown = new URLSearchParams({ table: 'limited', columns: 'id', offset: 'now' });
  await expect
    .poll(
      async () => {
        // Reading another shape meanwhile does not keep this one.
        await fetch(`${small.url}?${unknown}`);
        return (await fetch(`${small.url}?table=limited&offset=0_inf&handle=${handle}`)).status;
      },
      { interval: 500 },
    )
    .toBe(409);
});

test('runs two engines on one database and one publication without interference', async () => {
  const { sql } = database;
  await sql`CREATE TABLE common (id int PRIMARY KEY)`;
  using first = new TestReader({ url: engine.url, params: { table: 'common' } });
  {
    await using second = await startEngine({ databaseUrl: database.url });
    using reader = new TestReader({ url: second.url, params: { table: 'common' } });
    await Promise.all([first.until(() => true), reader.until(() => true)]);
    await sql`INSERT INTO common VALUES (1)`;
    await Promise.all([first.until((rows) => rows.size === 1), reader.until((rows) => rows.size === 1)]);
  }
  await sql`INSERT INTO common VALUES (2)`;
  await first.until((rows) => rows.size === 2);
  expect(first.refetches).toBe(0);
});

test('does not lose a transaction that wrote before its table was published and commits after the snapshot', async () => {
  const { sql } = database;
  await sql`CREATE TABLE early (id int PRIMARY KEY)`;
  await sql`ALTER TABLE early REPLICA IDENTITY FULL`;
  const written = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const writer = sql.begin(async (transaction) => {
    await transaction`INSERT INTO early VALUES (1)`;
    written.resolve();
    await commit.promise;
  });
  await written.promise;
  using reader = new TestReader({ url: engine.url, params: { table: 'early' } });
  // Once the engine requests the table's lock, events are in the order under test.
  await expect
    .poll(async () => (await sql`SELECT 1 FROM pg_locks WHERE relation = 'early'::regclass AND NOT granted`).length)
    .toBe(1);
  commit.resolve();
  await writer;
  await reader.until((rows) => rows.size === 1);
});

test('up-to-date: its LSN covers the snapshot even while the log lags, and grows on an idle database', async () => {
  const { sql } = database;
  await sql`CREATE TABLE covered (id int PRIMARY KEY)`;
  await sql`CREATE TABLE busy (id int PRIMARY KEY)`;
  using witness = new TestReader({ url: engine.url, params: { table: 'covered' } });
  using other = new TestReader({ url: engine.url, params: { table: 'busy' } });
  await Promise.all([witness.until(() => true), other.until(() => true)]);
  await sql`INSERT INTO busy SELECT * FROM generate_series(1, 50000)`;
  await sql`INSERT INTO covered VALUES (1)`;
  using late = new TestReader({ url: engine.url, params: { table: 'covered', replica: 'full' } });
  await late.until((rows) => rows.size === 1);
  expect(late.lsns).toEqual([]);
  const seen = late.lastSeenLsn;
  await witness.until((rows) => rows.size === 1);
  expect(seen).toBeGreaterThanOrEqual(witness.lsns.at(-1) ?? 0n);

  await sql`CREATE TABLE elsewhere (id int)`;
  await expect
    .poll(async () => {
      const answer = await fetch(`${engine.url}?table=covered&offset=now`);
      const [message] = (await answer.json()) as [{ headers: { global_last_seen_lsn: string } }];
      return BigInt(message.headers.global_last_seen_lsn) > seen;
    })
    .toBe(true);
});

test('shows only states that the table had at each up-to-date, under constant writes', async () => {
  const { sql } = database;
  await sql`CREATE TABLE accounts (id int PRIMARY KEY, amount int NOT NULL, a int, b int, c int, d int)`;
  await sql`INSERT INTO accounts SELECT i, 100 FROM generate_series(0, 49) AS i`;
  const stop = new AbortController();
  const writers = postgres(database.url, { max: 3, onnotice: () => {} });
  // Each transaction keeps the sum and locks rows in the same order, so that none waits forever.
  const writing = [0, 1, 2].map(async (writer) => {
    for (let round = writer; !stop.signal.aborted; round += 7) {
      const from = round % 49;
      await writers.begin(async (transaction) => {
        await transaction`UPDATE accounts SET amount = amount - 3 WHERE id = ${from}`;
        await transaction`UPDATE accounts SET amount = amount + 3 WHERE id = ${from + 1}`;
        // Reveals at once a transaction that is in both the snapshot and the log, or in neither.
        await transaction`INSERT INTO accounts VALUES (${1000 + round}, 0)`;
        await transaction`DELETE FROM accounts WHERE id = ${1000 + round - 70}`;
      });
    }
  });
  for (let round = 0; round < 16; round++) {
    // Different columns make a separate shape with its own snapshot.
    const extra = ['a', 'b', 'c', 'd'].filter((_, bit) => (round & (1 << bit)) !== 0);
    const params = { table: 'accounts', columns: ['id', 'amount', ...extra] };
    using reader = new TestReader({ url: engine.url, params }, (rows) => {
      const sum = [...rows.values()].reduce((total, row) => total + Number(row['amount']), 0);
      if (sum !== 5000) throw new Error(`the sum is ${sum}`);
    });
    await reader.until(() => reader.lsns.length >= 20);
    expect(reader.lsns).toEqual(reader.lsns.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  }
  stop.abort();
  await Promise.all(writing);
  await writers.end();
});
