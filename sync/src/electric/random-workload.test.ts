import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import postgres, { type TransactionSql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine, type TestEngine, TestReader } from './test-engine.ts';

const SEED = 20261122;
const WRITERS = 4;
const TRANSACTIONS = 60;

let database: TestDatabase;
let engine: TestEngine;
beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  engine = await startEngine({ databaseUrl: database.url });
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** mulberry32: small, and the same everywhere. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const readers = [
  { params: { table: 'items' }, sql: 'SELECT * FROM items' },
  { params: { table: 'items', where: 'part = $1', params: { 1: '1' } }, sql: 'SELECT * FROM items WHERE part = 1' },
  {
    params: { table: 'items', where: 'shown = true AND part = 1', replica: 'full' as const },
    sql: 'SELECT * FROM items WHERE shown AND part = 1',
  },
  { params: { table: 'items', columns: ['id', 'note'] }, sql: 'SELECT id, note FROM items' },
  { params: { table: 'pairs' }, sql: 'SELECT * FROM pairs' },
  { params: { table: 'pairs', where: `"kind" = 'a/b'` }, sql: `SELECT * FROM pairs WHERE kind = 'a/b'` },
];

async function change(transaction: TransactionSql, random: (below: number) => number): Promise<void> {
  const id = random(60);
  const part = random(3);
  const kind = ['a', 'a/b', '"', "it's"][random(4)] ?? 'a';
  switch (random(9)) {
    case 0:
    case 1:
      await transaction`
        INSERT INTO items VALUES (${id}, ${part}, ${random(2) === 0}, ${'n'.repeat(random(5))}, ${random(9)})
        ON CONFLICT (id) DO UPDATE SET part = excluded.part`;
      break;
    case 2:
      await transaction`UPDATE items SET part = ${part} WHERE id BETWEEN ${id} AND ${id + 5}`;
      break;
    case 3:
      await transaction`UPDATE items SET shown = NOT shown, n = n + 1 WHERE id = ${id}`;
      break;
    case 4:
      await transaction`UPDATE items SET note = ${random(3) === 0 ? null : String(random(1e9)).repeat(400)} WHERE id = ${id}`;
      break;
    case 5:
      await transaction`DELETE FROM items WHERE id = ${id}`;
      break;
    case 6:
      await transaction`UPDATE items SET id = ${id + 1000} WHERE id = ${id} AND NOT EXISTS (SELECT FROM items WHERE id = ${id + 1000})`;
      break;
    case 7:
      await transaction`
        INSERT INTO pairs VALUES (${kind}, ${part}, ${random(100)}) ON CONFLICT (kind, n) DO UPDATE SET value = excluded.value`;
      break;
    default:
      await transaction`DELETE FROM pairs WHERE kind = ${kind} AND n = ${part}`;
  }
}

test(`every reader's rows are the table's at rest, after writers and readers that come at random (seed ${SEED})`, async () => {
  const { sql } = database;
  await sql`CREATE TABLE items (id int PRIMARY KEY, part int NOT NULL, shown bool NOT NULL, note text, n int)`;
  await sql`CREATE TABLE pairs (kind text, n int, value int, PRIMARY KEY (kind, n))`;
  const writers = postgres(database.url, { max: WRITERS, onnotice: () => {} });
  const joined: { reader: TestReader; sql: string }[] = [];

  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const random = randomNumbers(SEED + writer);
      for (let count = 0; count < TRANSACTIONS; count++) {
        const changes = 1 + random(5);
        const rolledBack = random(10) === 0;
        await writers
          .begin(async (transaction) => {
            for (let index = 0; index < changes; index++) await change(transaction, random);
            if (rolledBack) throw new RangeError('rolled back on purpose');
          })
          .catch((error: unknown) => {
            // Writers meet: deadlocks and equal keys are part of it.
            const met = error instanceof postgres.PostgresError && ['40P01', '23505'].includes(error.code);
            if (!met && !(error instanceof RangeError)) throw error;
          });
        if (random(TRANSACTIONS / 6) === 0) {
          const chosen = readers[random(readers.length)];
          if (chosen)
            joined.push({ reader: new TestReader({ url: engine.url, params: chosen.params }), sql: chosen.sql });
        }
      }
    }),
  );
  for (const { params, sql: text } of readers)
    joined.push({ reader: new TestReader({ url: engine.url, params }), sql: text });
  await writers.end();

  // The last transaction shows in every shape; whoever has it has everything before it.
  await sql.begin(async (transaction) => {
    await transaction`INSERT INTO items VALUES (-1, 1, true, 'last', 0)`;
    await transaction`INSERT INTO pairs VALUES ('a/b', -1, 0)`;
  });
  const isLast = (row: Record<string, unknown>) => row['id'] === -1 || row['n'] === -1;
  for (const { reader, sql: text } of joined) {
    const rows = await reader.until((found) => [...found.values()].some(isLast));
    const sorted = (list: Iterable<Record<string, unknown>>) =>
      [...list].map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted();
    expect(sorted(rows.values()), text).toEqual(sorted(await sql.unsafe(text)));
    expect(reader.refetches).toBe(0);
    reader[Symbol.dispose]();
  }
});
