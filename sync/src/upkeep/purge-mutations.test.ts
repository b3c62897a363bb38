import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { v4, v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { purgeMutations } from './purge-mutations.ts';

const { signal } = new AbortController();
const DAY_MS = 24 * 3600 * 1000;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.sql`TRUNCATE mutations`;
});
afterAll(() => database[Symbol.asyncDispose]());

const madeBefore = (days: number) => v7({ msecs: Date.now() - days * DAY_MS });

/** Inserts a mutation that the server accepted `days` days ago. @returns its id. */
async function insertMutation(days: number, id = madeBefore(days)): Promise<string> {
  await database.sql`
    INSERT INTO mutations (id, client, name, args, actor, status, created_at)
    VALUES (${id}, ${v4()}, 'assets.tag', '{"ids":[]}', 'ada', 'applied', now() - make_interval(days => ${days}))`;
  return id;
}

async function found(): Promise<[id: string, hasArgs: boolean][]> {
  const rows = await database.sql<{ id: string; kept: boolean }[]>`
    SELECT id, args IS NOT NULL AS kept FROM mutations ORDER BY created_at`;
  return rows.map((row) => [row.id, row.kept]);
}

test('purgeMutations: removes arguments after 30 days and rows after 90', async () => {
  await insertMutation(91);
  const [last, old, recent] = [await insertMutation(89), await insertMutation(31), await insertMutation(29)];
  expect(await purgeMutations(database.sql, signal)).toBe(4);
  expect(await found()).toEqual([
    [last, false],
    [old, false],
    [recent, true],
  ]);
  expect(await purgeMutations(database.sql, signal)).toBe(0);
});

test('purgeMutations: keeps a row whose id may be sent again, even if made by a fast clock', async () => {
  const ahead = await insertMutation(100, madeBefore(80));
  await insertMutation(100, v4());
  await purgeMutations(database.sql, signal);
  expect(await found()).toEqual([[ahead, false]]);
});

test('purgeMutations: continues until every old row is gone', async () => {
  await database.sql`
    INSERT INTO mutations (id, client, name, status, created_at)
    SELECT gen_random_uuid(), gen_random_uuid(), 'assets.tag', 'applied', now() - interval '100 days'
    FROM generate_series(1, 4500)`;
  expect(await purgeMutations(database.sql, signal)).toBe(4500);
  expect(await found()).toEqual([]);
});
