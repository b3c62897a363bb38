import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../testing/until.ts';
import { type TransactionSql, transaction } from './client.ts';
import { lockPlaces, moveByContent } from './moved-assets.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const HASH = 'a content hash';

/** A file that its package's first run found, and as many that came since, with the same bytes; nobody has read those. */
async function makeLibrary(copies: number) {
  const { sql } = database;
  const [project, from, to] = [randomUUID(), randomUUID(), randomUUID()];
  await sql`INSERT INTO projects (id, name, type) VALUES (${project}, ${project}, 'vfx')`;
  for (const id of [from, to]) {
    await sql`
      INSERT INTO packages (id, project_id, name, type, source_path)
      VALUES (${id}, ${project}, ${id}, 'vfx', ${`/media/${id}`})`;
  }
  const insert = async (packageId: string, path: string, contentHash: string | null, age: string) => {
    const id = randomUUID();
    await sql`
      INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, content_hash, created_at)
      VALUES (${id}, ${project}, ${packageId}, ${path}, ${path}, 'image', 'raw', 1, now(), ${contentHash}, now() - ${age}::interval)`;
    return id;
  };
  const gone = await insert(from, 'a.png', HASH, '2 hours');
  await sql`
    INSERT INTO runs (id, project_id, package_id, status, finished_at)
    VALUES (${randomUUID()}, ${project}, ${from}, 'done', now() - interval '1 hour')`;
  const found: string[] = [];
  for (let index = 0; index < copies; index += 1) found.push(await insert(to, `moved ${index}.png`, null, '1 minute'));
  return {
    gone,
    /** As the scan of the package that lost the file. */
    lose: (sql: TransactionSql) =>
      steps(
        () => lockPlaces(sql, from, 'gone'),
        () => sql`UPDATE assets SET missing_since = now() WHERE id = ${gone}`,
        () => moveByContent(sql, [gone]),
      ),
    /** As the work on one of the copies. */
    read: (sql: TransactionSql, copy = 0) =>
      steps(
        () => lockPlaces(sql, to, 'found'),
        () => sql`UPDATE assets SET content_hash = ${HASH} WHERE id = ${found[copy] ?? ''}`,
        () => moveByContent(sql, [found[copy] ?? '']),
      ),
    assets: async () => {
      const rows = await sql<{ id: string; path: string; missing: boolean }[]>`
        SELECT id, relative_path AS path, missing_since IS NOT NULL AS missing FROM assets
        WHERE project_id = ${project} ORDER BY relative_path`;
      return rows.map(({ id, path, missing }) => [id === gone ? 'known' : 'new', path, missing ? 'missing' : 'there']);
    },
  };
}

async function steps(...all: (() => PromiseLike<unknown>)[]): Promise<void> {
  for (const step of all) await step();
}

/** Ends the first transaction when the second is through, or waits for it. */
async function atOnce(
  first: (sql: TransactionSql) => Promise<void>,
  second: (sql: TransactionSql) => Promise<void>,
): Promise<void> {
  const written = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const one = transaction(database.sql, async (sql) => {
    await first(sql);
    written.resolve();
    await mayEnd.promise;
  });
  await written.promise;
  let isThrough = false;
  const two = transaction(database.sql, second).finally(() => {
    isThrough = true;
  });
  await until(async () => {
    const [row] = await database.sql<{ waits: boolean }[]>`
      SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waits`;
    return isThrough || row?.waits === true;
  });
  mayEnd.resolve();
  await Promise.all([one, two]);
}

test('a moved file is found though its new place is read while its old one is found empty', async () => {
  const { lose, read, assets } = await makeLibrary(1);
  await atOnce(lose, read);
  expect(await assets()).toEqual([['known', 'moved 0.png', 'there']]);
});

test('a moved file is found though its old place is found empty while its new one is read', async () => {
  const { lose, read, assets } = await makeLibrary(1);
  await atOnce(read, lose);
  expect(await assets()).toEqual([['known', 'moved 0.png', 'there']]);
});

test('a file that moved to two places at once becomes one of them, and the other stays', async () => {
  const { lose, read, assets } = await makeLibrary(2);
  await transaction(database.sql, lose);
  await atOnce(
    (sql) => read(sql, 0),
    (sql) => read(sql, 1),
  );
  expect(await assets()).toEqual([
    ['known', 'moved 0.png', 'there'],
    ['new', 'moved 1.png', 'there'],
  ]);
});
