import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { createTestDatabase } from './test-database.ts';

/** As a server says it that ends a connection: an error, its severity, code and words. */
const FATAL = Buffer.from('E\0\0\0\x1aSFATAL\0C57P01\0Mended\0\0', 'latin1');

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

test('postgres: a connection that is lost while it is made is made again, and rejects nothing that nobody waits for', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const { hostname, port } = new URL(database.url);
  let cuts = 0;
  // Cuts the first connections in the middle of the question that each begins with: which types there are.
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
