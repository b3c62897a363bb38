import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundedRead, TooLongError } from './bounded-read.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

async function sleepers(): Promise<number> {
  const { sql } = database;
  const rows = await sql`
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event = 'PgSleep' AND state = 'active'`;
  return rows.length;
}

test('boundedRead: ends a read that takes too long and states the remedy', async () => {
  const bounds = { timeoutMs: 10, tooLong: 'Ask for less.' };
  const read = boundedRead(database.sql, bounds, (tx) => tx`SELECT pg_sleep(600)`);
  await expect(read).rejects.toThrow(new TooLongError('Ask for less.'));
});

test('boundedRead: ends the query in the database when its reader has left', async () => {
  const gone = new AbortController();
  const bounds = { timeoutMs: 600_000, signal: gone.signal };
  const read = boundedRead(database.sql, bounds, (tx) => tx`SELECT pg_sleep(600)`);
  await expect.poll(sleepers).toBe(1);
  gone.abort(new Error('gone'));
  await expect(read).rejects.toThrow('gone');
  expect(await sleepers()).toBe(0);
  await expect(boundedRead(database.sql, bounds, (tx) => tx`SELECT pg_sleep(600)`)).rejects.toThrow('gone');
});
