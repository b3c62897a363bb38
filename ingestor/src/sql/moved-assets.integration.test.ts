import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../testing/until.ts';
import { type TransactionSql, transaction } from './client.ts';
import { lockPlaces, moveByContent, moveByIdentity } from './moved-assets.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const HASH = 'a content hash';

/** A file found by its package's first run, and later copies with the same bytes that are not read yet. */
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
    INSERT INTO runs (id, project_id, package_id, status, started_at, finished_at)
    VALUES (${randomUUID()}, ${project}, ${from}, 'done', now() - interval '3 hours', now() - interval '1 hour')`;
  const found: string[] = [];
  for (let index = 0; index < copies; index += 1) found.push(await insert(to, `moved ${index}.png`, null, '1 minute'));
  return {
    gone,
    /** Like the scan of the package that lost the file. */
    lose: (sql: TransactionSql) =>
      steps(
        () => lockPlaces(sql, from, 'gone'),
        () => sql`UPDATE assets SET missing_since = now() WHERE id = ${gone}`,
        () => moveByContent(sql, from, [gone]),
      ),
    /** Like the work on one of the copies. */
    read: (sql: TransactionSql, copy = 0) =>
      steps(
        () => lockPlaces(sql, to, 'found'),
        () => sql`UPDATE assets SET content_hash = ${HASH} WHERE id = ${found[copy] ?? ''}`,
        () => moveByContent(sql, to, [found[copy] ?? '']),
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

/** Ends the first transaction once the second has finished or waits for it. */
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

test('a moved file is recognised when its new place is read while its old one is found empty', async () => {
  const { lose, read, assets } = await makeLibrary(1);
  await atOnce(lose, read);
  expect(await assets()).toEqual([['known', 'moved 0.png', 'there']]);
});

test('a moved file is recognised when its old place is found empty while its new one is read', async () => {
  const { lose, read, assets } = await makeLibrary(1);
  await atOnce(read, lose);
  expect(await assets()).toEqual([['known', 'moved 0.png', 'there']]);
});

test('a file that moved to two places at once becomes one of them, and the other stays an asset', async () => {
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

/** A row that lost its file, and a row that a scan in progress created for the same file at its new place. */
async function makeRenamed() {
  const { sql } = database;
  const [project, id, run, gone, found] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await sql`INSERT INTO projects (id, name, type) VALUES (${project}, ${project}, 'vfx')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, source_path) VALUES (${id}, ${project}, ${id}, 'vfx', ${`/media/${id}`})`;
  await sql`
    INSERT INTO runs (id, project_id, package_id, status, started_at)
    VALUES (${run}, ${project}, ${id}, 'scanning', now() - interval '1 minute')`;
  for (const [asset, path, age] of [
    [gone, 'a.png', '1 day'],
    [found, 'b.png', '1 second'],
  ] as const) {
    await sql`
      INSERT INTO assets (
        id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, created_at,
        device, inode, modified_ns, content_hash
      )
      VALUES (
        ${asset}, ${project}, ${id}, ${path}, ${path}, 'image', 'raw', 1, now(), now() - ${age}::interval,
        1, 5, 1700000000123456789, ${HASH}
      )`;
  }
  const tag = (asset: string, text: string) => sql`
    INSERT INTO asset_tags (asset_id, tag, package_id, project_id) VALUES (${asset}, ${text}, ${id}, ${project})`;
  await tag(gone, 'known');
  await tag(gone, 'both');
  await tag(found, 'both');
  await tag(found, 'new');
  return { id, gone, found };
}

test.each(['identity', 'content'] as const)(
  'tags on the row that a scan created for a renamed file are kept when the file is recognised by its %s',
  async (by) => {
    const { sql } = database;
    const { id, gone, found } = await makeRenamed();
    await sql`UPDATE assets SET review_status = 'approved', picked_up_at = now(), picked_up_by = 'ada' WHERE id = ${found}`;
    await sql`INSERT INTO merged_assets (id, into_id) VALUES (${id}, ${found})`;
    await transaction(sql, async (session) => {
      await session`UPDATE assets SET missing_since = now() WHERE id = ${gone}`;
      if (by === 'identity') await moveByIdentity(session, id, [gone]);
      else await moveByContent(session, id, [gone]);
    });
    const rows = await sql`
      SELECT id, relative_path, missing_since, review_status, picked_up_by,
        ARRAY(SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag) AS tags
      FROM assets WHERE package_id = ${id}`;
    expect(rows).toEqual([
      {
        ...{ id: gone, relative_path: 'b.png', missing_since: null, review_status: 'approved', picked_up_by: 'ada' },
        tags: ['both', 'known', 'new'],
      },
    ]);
    expect(await sql`SELECT id, into_id FROM merged_assets WHERE into_id = ${gone} ORDER BY id`).toEqual(
      [
        { id, into_id: gone },
        { id: found, into_id: gone },
      ].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
  },
);

test('the review of the known asset is kept when its renamed file has another one', async () => {
  const { sql } = database;
  const { id, gone, found } = await makeRenamed();
  await sql`UPDATE assets SET review_status = 'approved', picked_up_at = '2026-01-01', picked_up_by = 'ada' WHERE id = ${gone}`;
  await sql`UPDATE assets SET review_status = 'rejected', picked_up_at = '2026-02-01', picked_up_by = 'ben' WHERE id = ${found}`;
  await transaction(sql, async (session) => {
    await session`UPDATE assets SET missing_since = now() WHERE id = ${gone}`;
    await moveByIdentity(session, id, [gone]);
  });
  expect(await sql`SELECT id, review_status, picked_up_by FROM assets WHERE package_id = ${id}`).toEqual([
    { id: gone, review_status: 'approved', picked_up_by: 'ada' },
  ]);
});

test('a tag that is being added to the row of a renamed file is kept', async () => {
  const { sql } = database;
  const { id, gone, found } = await makeRenamed();
  await atOnce(
    async (session) => {
      // Locks like the server does for tags: sync/src/mutators/lock-rows.ts.
      await session`SELECT pg_advisory_xact_lock(4711004, hashtext(${id}))`;
      await session`
        INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
        SELECT id, 'late', package_id, project_id FROM assets WHERE id = ${found}`;
    },
    async (session) => {
      await session`UPDATE assets SET missing_since = now() WHERE id = ${gone}`;
      await moveByIdentity(session, id, [gone]);
    },
  );
  const tags = await sql`SELECT tag FROM asset_tags WHERE asset_id = ${gone} ORDER BY tag`;
  expect(tags.map(({ tag }) => tag)).toEqual(['both', 'known', 'late', 'new']);
});
