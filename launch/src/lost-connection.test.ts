import postgres from 'postgres';
import { expect, test } from 'vitest';
import { createTestDatabase } from './test-database.ts';

test('postgres: a connection lost in a transaction fails it; nothing of it runs elsewhere, and the process lives', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const { sql } = database;
  await sql`CREATE TABLE written (note text)`;
  const pool = postgres(database.url, { max: 1, onnotice: () => {} });
  const afterwards: unknown[] = [];
  const transaction = pool.begin(async (inside) => {
    await inside`INSERT INTO written VALUES ('before')`;
    const [backend] = await inside`SELECT pg_backend_pid() AS pid`;
    await sql`SELECT pg_terminate_backend(${backend?.['pid']})`;
    await inside`SELECT pg_sleep(60)`.catch((error: unknown) => afterwards.push(error));
    // The pool has a new connection by then, which is not the transaction's.
    await pool`SELECT 1`;
    await inside`INSERT INTO written VALUES ('after')`.catch((error: unknown) => afterwards.push(error));
  });
  await expect(transaction).rejects.toThrow();
  await expect.poll(() => afterwards).toHaveLength(2);
  expect(await sql`SELECT * FROM written`).toHaveLength(0);
  expect(await pool`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  await pool.end();
});

test('postgres: a query sent in the moment in which its connection is lost fails or succeeds, and does not wait for ever', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const { sql } = database;
  const pool = postgres(database.url, { max: 1, onnotice: () => {} });
  for (let round = 0; round < 10; round++) {
    // A connection that was just lost may answer with that once more.
    await expect.poll(() => pool`SELECT 1 AS one`.catch(() => [])).toEqual([{ one: 1 }]);
    const sleeping = pool.unsafe('SELECT pg_sleep(60)').simple();
    const asleep = async () =>
      await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'`;
    const after = sleeping.then(
      () => 'slept',
      () =>
        pool
          .unsafe('ROLLBACK')
          .simple()
          .then(
            () => 'rolled back',
            () => 'failed',
          ),
    );
    await expect.poll(async () => (await asleep()).length).toBe(1);
    expect(['rolled back', 'failed']).toContain(await after);
  }
  await pool.end();
});
