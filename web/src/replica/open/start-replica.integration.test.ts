import type { PGlite } from '@electric-sql/pglite';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type TestServer } from '../testing/test-server.ts';
import { createPGlite } from './create-pglite.ts';
import { readReplicaSql } from './read-replica-sql.ts';
import { type RunningReplica, startReplica } from './start-replica.ts';

/** One library, one replica and one server: the tests build on each other, like a day's work. */
const ASSETS = 300;
const project = uuid();
const packageId = uuid();
const ids = Array.from({ length: ASSETS }, () => uuid());

let postgres: TestDatabase;
let server: TestServer;
let database: PGlite;
let replica: RunningReplica;

beforeAll(async () => {
  postgres = await createTestDatabase();
  server = await createTestServer(postgres.url);
  database = await createPGlite(await quickPGlite());
  await insertProject(project, packageId, ids);
  replica = await openReplica();
});
afterAll(async () => {
  await replica.close();
  await server.kill();
  await database.close();
  await postgres[Symbol.asyncDispose]();
});

async function openReplica(): Promise<RunningReplica> {
  return startReplica({ database, storage: 'memory', server: server.url, sql: await readReplicaSql() });
}

async function insertProject(id: string, packageOf: string, assets: readonly string[]): Promise<void> {
  const { sql } = postgres;
  await sql`INSERT INTO projects (id, name, type) VALUES (${id}, ${id}, 'vfx')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, source_path) VALUES (${packageOf}, ${id}, 'delivery', 'vfx', ${`/mnt/${packageOf}`})`;
  await sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, placeholder)
    SELECT asset, ${id}, ${packageOf}, 'plate/' || asset || '.png', asset || '.png', 'image', 'plate', 1, now(), '\\x5c00ff'
    FROM unnest(${assets}::uuid[]) AS asset`;
  await sql`
    INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
    SELECT asset, tag, ${packageOf}, ${id} FROM unnest(${assets}::uuid[]) AS asset, unnest('{"a tag",æ}'::text[]) AS tag`;
  await sql`
    INSERT INTO asset_metadata (asset_id, package_id, codec) SELECT asset, ${packageOf}, 'png' FROM unnest(${assets}::uuid[]) AS asset`;
}

const tagsOfRow = 'ARRAY (SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag)';
const rowsQuery = `
  SELECT id, ${tagsOfRow} AS tags, review_status, placeholder::text,
    (SELECT path FROM folders WHERE folders.package_id = assets.package_id AND number = folder) AS path
  FROM assets ORDER BY id`;

/** Waits until the replica equals Postgres and no mutation is unconfirmed. */
async function agreed(): Promise<void> {
  await expect.poll(() => replica.status().unsent).toBe(0);
  const truth = [...(await postgres.sql.unsafe(rowsQuery))];
  await expect.poll(async () => replica.query({ text: rowsQuery, values: [] })).toEqual(truth);
}

async function tagsOf(id: string): Promise<string[] | undefined> {
  const [row] = await replica.query<{ tags: string[] }>({
    text: `SELECT ${tagsOfRow} AS tags FROM assets WHERE id = $1`,
    values: [id],
  });
  return row?.tags;
}

test('startReplica: loads every row first, then creates the indexes', async () => {
  await expect.poll(() => replica.status().phase).toBe('ready');
  await agreed();
  const status = replica.status();
  expect(status).toMatchObject({ online: true, problem: null });
  // The server adds up the hour's counts each second: with the load, or after it.
  expect([0, 1]).toContain(status.loadedRows - (3 * ASSETS + 3));
  expect(status.shapesUpToDate).toBe(status.shapesFollowed);
  expect(status.upToDateAt).toBeInstanceOf(Date);
  const indexes = await replica.query({
    text: `SELECT FROM pg_indexes WHERE indexname = 'assets_package_name'`,
    values: [],
  });
  expect(indexes).toHaveLength(1);
});

test('startReplica: receives changes by others and announces the changed tables', async () => {
  const changed = new Set<string>();
  const stop = replica.onChange(({ tables }) => {
    for (const [table, { packages }] of tables)
      if (table !== 'hourly_counts') changed.add(`${table} of ${[...(packages ?? [])]}`);
  });
  await postgres.sql`DELETE FROM asset_tags WHERE asset_id = ${ids[0] ?? ''}`;
  await postgres.sql`DELETE FROM assets WHERE id = ${ids[1] ?? ''}`;
  await agreed();
  stop();
  expect([...changed].toSorted()).toEqual([`asset_tags of ${packageId}`, `assets of ${packageId}`]);
});

test('startReplica: fetches a package’s metadata when it is needed, and keeps it current', async () => {
  const codecs = async () =>
    (await replica.query<{ codec: string }>({ text: 'SELECT DISTINCT codec FROM asset_metadata', values: [] })).map(
      (row) => row.codec,
    );
  expect(await codecs()).toEqual([]);
  await replica.needMetadata(packageId);
  await expect.poll(codecs).toEqual(['png']);
  await postgres.sql`UPDATE asset_metadata SET codec = 'exr'`;
  await expect.poll(codecs).toEqual(['exr']);
});

test('startReplica: applies a transaction as a whole when the server sends it in four answers', async () => {
  const long = { text: `SELECT count(*)::integer FROM asset_metadata WHERE length(codec) = 110000`, values: [] };
  await postgres.sql`UPDATE asset_metadata SET codec = repeat('x', 110000)`;
  await expect.poll(() => replica.query(long)).toEqual([{ count: ASSETS - 1 }]);
  await postgres.sql`UPDATE asset_metadata SET codec = 'exr'`;
  await expect.poll(() => replica.query(long)).toEqual([{ count: 0 }]);
});

test('startReplica: shows a mutation at once, sends it to Postgres and confirms it', async () => {
  const { changedIds } = await replica.mutate('assets.tag', { ids: ids.slice(2, 100), add: ['hero'], remove: [] });
  expect(changedIds).toHaveLength(98);
  expect(await tagsOf(ids[2] ?? '')).toEqual(['a tag', 'hero', 'æ']);
  await agreed();
  const [row] = await postgres.sql.unsafe(`SELECT ${tagsOfRow} AS tags FROM assets WHERE id = '${ids[2]}'`);
  expect(row?.['tags']).toEqual(['a tag', 'hero', 'æ']);
});

test('startReplica: confirms a mutation even when it changes nothing on the server', async () => {
  await replica.mutate('assets.tag', { ids: [ids[2] ?? ''], add: ['hero'], remove: [] });
  await agreed();
});

test('startReplica: rolls back and lists a mutation that the server rejects', async () => {
  const gone = uuid();
  await replica.mutate('assets.review', { ids: [gone], review_status: 'approved' });
  await expect
    .poll(() => replica.status().rejected)
    .toMatchObject([{ name: 'assets.review', error: { code: 'not_found' } }]);
  await replica.discardRejected(replica.status().rejected[0]?.id ?? '');
  expect(replica.status()).toMatchObject({ rejected: [], unsent: 0 });
  await replica.mutate('packages.edit', { ids: [packageId], set: { subject_id: gone } });
  await expect.poll(() => replica.status().rejected).toMatchObject([{ name: 'packages.edit' }]);
  const subjects = { text: 'SELECT subject_id FROM packages WHERE id = $1', values: [packageId] };
  expect(await replica.query(subjects)).toEqual([{ subject_id: null }]);
  await replica.discardRejected(replica.status().rejected[0]?.id ?? '');
});

test('startReplica: keeps working without the server and across a restart, and catches up when the server is back', async () => {
  await server.kill();
  await expect.poll(() => replica.status().online).toBe(false);
  const both = ids[3] ?? '';
  await replica.mutate('assets.tag', { ids: ids.slice(3, 40), add: ['offline'], remove: ['æ'] });
  await replica.mutate('assets.review', { ids: [both], review_status: 'flagged' });
  expect(await tagsOf(both)).toEqual(['a tag', 'hero', 'offline']);
  expect(replica.status().unsent).toBe(2);

  await replica.close();
  await postgres.sql`
    INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
    SELECT id, 'theirs', package_id, project_id FROM assets WHERE id = ANY (${ids.slice(0, 20)}::uuid[])`;
  replica = await openReplica();
  expect(await tagsOf(both)).toEqual(['a tag', 'hero', 'offline']);
  expect(replica.status().unsent).toBe(2);

  await server.start();
  replica.wake();
  await agreed();
  const [row] = await postgres.sql.unsafe(
    `SELECT ${tagsOfRow} AS tags, review_status FROM assets WHERE id = '${both}'`,
  );
  expect(row).toEqual({ tags: ['a tag', 'hero', 'offline', 'theirs'], review_status: 'flagged' });
  expect(replica.status().online).toBe(true);
});

test('startReplica: removes the client’s mutation rows when the server purges them', async () => {
  const old = uuid({ msecs: Date.now() - 91 * 24 * 3600 * 1000 });
  await postgres.sql`
    INSERT INTO mutations (id, client, name, status, created_at)
    VALUES (${old}, ${replica.client}, 'assets.tag', 'applied', now() - interval '91 days')`;
  const remembered = async () => {
    const rows = await replica.query<{ id: string }>({ text: 'SELECT id FROM mutations', values: [] });
    return rows.map(({ id }) => id);
  };
  await expect.poll(remembered).toContain(old);
  const recent = (await remembered()).filter((id) => id !== old);
  expect(recent.length).toBeGreaterThan(0);
  // The server purges on start.
  await server.kill();
  await server.start();
  await expect.poll(remembered).toEqual(recent);
});

test('startReplica: follows a new project, and drops a deleted one with its assets', async () => {
  const [second, ofSecond, asset] = [uuid(), uuid(), uuid()];
  await insertProject(second, ofSecond, [asset]);
  await expect.poll(() => tagsOf(asset)).toEqual(['a tag', 'æ']);
  await replica.mutate('assets.tag', { ids: [asset], add: ['hero'], remove: [] });
  await agreed();
  await postgres.sql`DELETE FROM projects WHERE id = ${second}`;
  await expect.poll(() => tagsOf(asset)).toBeUndefined();
  await agreed();
});
