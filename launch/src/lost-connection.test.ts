import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { createTestDatabase } from './test-database.ts';

/** A server's message when it terminates a connection: an error with severity, code and text. */
const FATAL = Buffer.from('E\0\0\0\x1aSFATAL\0C57P01\0Mended\0\0', 'latin1');

test('postgres: losing the connection fails the transaction, runs none of it elsewhere and does not end the process', async () => {
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
    // By now the pool has a new connection, which does not belong to the transaction.
    await pool`SELECT 1`;
    await inside`INSERT INTO written VALUES ('after')`.catch((error: unknown) => afterwards.push(error));
  });
  await expect(transaction).rejects.toThrow();
  await expect.poll(() => afterwards).toHaveLength(2);
  expect(await sql`SELECT * FROM written`).toHaveLength(0);
  expect(await pool`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  await pool.end();
});

test('postgres: a query sent just as its connection is lost succeeds or fails instead of waiting forever', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const { sql } = database;
  const pool = postgres(database.url, { max: 1, onnotice: () => {} });
  for (let round = 0; round < 10; round++) {
    // The first query after a lost connection may still fail with that error.
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

test('postgres: reconnects when a connection is lost during setup, without unhandled rejections', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const { hostname, port } = new URL(database.url);
  let cuts = 0;
  // Cuts the first connections during the type query that each begins with.
  const relay = createServer((client) => {
    const server = connect(Number(port), hostname);
    client.on('error', () => {}).on('close', () => server.destroy());
    server.on('error', () => {}).on('close', () => client.destroy());
    server.pipe(client);
    client.on('data', (bytes) => {
      if (cuts < 3 && bytes.includes('typarray')) {
        cuts += 1;
        client.end(FATAL);
      } else server.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const url = new URL(database.url);
  url.port = String((relay.address() as AddressInfo).port);
  const pool = postgres(url.href, { max: 1, onnotice: () => {} });
  expect(await pool`SELECT ${['a', 'b']}::text[] AS list`).toEqual([{ list: ['a', 'b'] }]);
  expect(cuts).toBe(3);
  await pool.end();
  relay.close();
});
