import type { PGlite } from '@electric-sql/pglite';
import { seedLibrary } from '@ingesthub/fixtures/library-seed.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { shapes, shapesOf } from '@ingesthub/schema/library/shapes.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createPGlite } from '../open/create-pglite.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { type RunningReplica, startReplica } from '../open/start-replica.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

const ASSETS = 14_000;
let postgres: TestDatabase;
let server: TestServer;
let project: string;
let database: PGlite;
let replica: RunningReplica | null = null;

beforeAll(async () => {
  postgres = await createTestDatabase();
  const { projectIds } = await seedLibrary(postgres.sql, { assets: ASSETS, projects: 1 });
  project = projectIds[0] ?? '';
  server = await createTestServer(postgres.url);
}, 60_000);
afterEach(async () => {
  await replica?.close();
  replica = null;
  await database.close();
});
afterAll(async () => {
  await server.kill();
  await postgres[Symbol.asyncDispose]();
});

const PATIENCE = { timeout: 40_000 };
const state = () => replica?.status().projects.get(project)?.state;
const loaded = () => replica?.status().projects.get(project)?.loadedAssets ?? 0;
const chunkOf = (url: string) => /prepared-projects\/[^/]+\/[^/]+\/assets\/(\d+)$/.exec(url)?.[1] ?? null;

/** @param meet is told each address before it is fetched. */
async function open(meet: (url: string) => void | Promise<void> = () => {}): Promise<RunningReplica> {
  return startReplica({
    database,
    storage: 'memory',
    server: server.url,
    sql: await readReplicaSql(),
    async fetch(input, init) {
      await meet(String(input));
      return fetch(input, init);
    },
  });
}

async function expectSameAsPostgres(): Promise<void> {
  await database.exec("SET timezone = 'UTC'");
  for (const name of shapesOf('project')) {
    const { table, columns, key } = shapes[name];
    const text = `SELECT md5(string_agg(row::text, E'\\n')) AS digest, count(*)::integer AS rows
      FROM (SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${key.join(', ')}) AS row`;
    const expected = await postgres.sql.begin(async (sql) => {
      await sql`SET LOCAL timezone = 'UTC'`;
      return [...(await sql.unsafe(text))];
    });
    await expect.poll(async () => (await database.query(text)).rows, PATIENCE).toEqual(expected);
  }
  const [counted] = (await database.query('SELECT sum(asset_count)::integer AS assets FROM asset_counts')).rows;
  const [there] = await postgres.sql`SELECT count(*)::integer AS assets FROM assets WHERE deleted_at IS NULL`;
  expect(counted).toEqual({ ...there });
}

test('createPreparedLoader: rows equal the server’s after changes during the load', async () => {
  database = await createPGlite(await quickPGlite());
  const { sql } = postgres;
  let changed: Promise<unknown> | null = null;
  const asked: string[] = [];
  replica = await open(async (url) => {
    asked.push(url);
    if (chunkOf(url) === null) return;
    // After the rows were read, and before they are loaded.
    changed ??= (async () => {
      const ids = (await sql`SELECT id FROM assets ORDER BY id LIMIT 300`).map((row) => row['id'] as string);
      await sql`UPDATE assets SET camera = 'cam_late' WHERE id = ANY (${ids.slice(0, 100)})`;
      await sql`DELETE FROM assets WHERE id = ANY (${ids.slice(100, 200)})`;
      await sql`INSERT INTO asset_tags SELECT id, 'late', package_id, project_id FROM assets WHERE id = ANY (${ids.slice(0, 50)})`;
      await sql`
        INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
        SELECT gen_random_uuid(), project_id, package_id, 'late/' || id, 'late', 'image', 'plate', 1, now()
        FROM assets WHERE id = ANY (${ids.slice(200)})`;
    })();
    await changed;
  });
  await expect.poll(state, PATIENCE).toBe('here');
  await expect.poll(() => replica?.status().phase, PATIENCE).toBe('ready');
  await expectSameAsPostgres();
  expect(asked.filter((url) => /shapes\/(assets|asset_tags|folders)\b.*offset=-1/.test(url))).toEqual([]);
}, 90_000);

test('createPreparedLoader: a load that was cut off goes on where it was, and half a project does not count as whole', async () => {
  database = await createPGlite(await quickPGlite());
  const stuck = Promise.withResolvers<never>();
  replica = await open((url) => (chunkOf(url) === '1' ? stuck.promise : undefined));
  await expect.poll(loaded, PATIENCE).toBeGreaterThan(1000);
  await replica.close();
  const before = (await database.query('SELECT FROM assets')).rows.length;
  expect(state()).toBe('loading');
  expect(before).toBeLessThan(ASSETS);

  const chunks: string[] = [];
  const asked: string[] = [];
  replica = await open((url) => {
    asked.push(url);
    const chunk = chunkOf(url);
    if (chunk !== null) chunks.push(chunk);
  });
  await expect.poll(state, PATIENCE).toBe('here');
  await expectSameAsPostgres();
  expect(asked.filter((url) => /shapes\/assets\b.*offset=-1/.test(url))).toEqual([]);
  expect(new Set(chunks).size).toBe(chunks.length);
}, 90_000);

test('createPreparedLoader: a change that is made while the project loads is kept, and reaches the server', async () => {
  database = await createPGlite(await quickPGlite());
  const late = Promise.withResolvers<void>();
  replica = await open((url) => (chunkOf(url) === '1' || url.includes('/api/mutations') ? late.promise : undefined));
  await expect.poll(loaded, PATIENCE).toBeGreaterThan(1000);
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM assets WHERE deleted_at IS NULL ORDER BY id LIMIT 40',
  );
  const ids = rows.map(({ id }) => id);
  const tag = `kept-${uuid()}`;
  await replica.mutate('assets.tag', { ids, add: [tag], remove: [] });
  late.resolve();
  await expect.poll(state, PATIENCE).toBe('here');
  const tagged = { text: 'SELECT FROM asset_tags WHERE tag = $1', values: [tag] };
  expect(await replica.query(tagged)).toHaveLength(ids.length);
  await expect.poll(() => replica?.status(), PATIENCE).toMatchObject({ unsent: 0, rejected: [] });
  expect(await replica.query(tagged)).toHaveLength(ids.length);
  expect(await postgres.sql`SELECT FROM asset_tags WHERE tag = ${tag}`).toHaveLength(ids.length);
  await expectSameAsPostgres();
}, 90_000);

test('createPreparedLoader: reads the shapes when the server has no copy, and starts over when a begun copy is gone', async () => {
  database = await createPGlite(await quickPGlite());
  replica = await open((url) => (chunkOf(url) === '1' ? new Promise<never>(() => {}) : undefined));
  await expect.poll(loaded, PATIENCE).toBeGreaterThan(1000);
  await replica.close();
  const { sql } = postgres;
  // Without the rest, only the shape tells that this asset is gone.
  const [here] = (await database.query<{ id: string }>('SELECT id FROM assets LIMIT 1')).rows;
  await sql`DELETE FROM assets WHERE id = ${here?.id ?? ''}`;
  replica = await startReplica({
    database,
    storage: 'memory',
    server: server.url,
    sql: await readReplicaSql(),
    fetch: async (input, init) =>
      String(input).includes('prepared-projects') ? new Response('{}', { status: 404 }) : fetch(input, init),
  });
  await expect.poll(state, PATIENCE).toBe('here');
  await expectSameAsPostgres();
}, 90_000);

test('createPreparedLoader: brings a project that was made and filled after the sizes were told, when a person pins it', async () => {
  database = await createPGlite(await quickPGlite());
  const asked: string[] = [];
  replica = await open((url) => {
    asked.push(url);
  });
  await expect.poll(() => replica?.status().phase, PATIENCE).toBe('ready');
  const [late, packageId] = [uuid(), uuid()];
  await replica.chooseProject(late, 'unfollowed');
  const { sql } = postgres;
  await sql`INSERT INTO projects (id, name, type) VALUES (${late}, 'late', 'vfx')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, source_path) VALUES (${packageId}, ${late}, 'delivery', 'vfx', '/late')`;
  await sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
    SELECT gen_random_uuid(), ${late}, ${packageId}, n || '.png', n || '.png', 'image', 'plate', 1000, now()
    FROM generate_series(1, 100) AS n`;
  const stateOfLate = () => replica?.status().projects.get(late)?.state;
  await expect.poll(stateOfLate, PATIENCE).toBe('absent');
  await replica.chooseProject(late, 'pinned');
  await expect.poll(stateOfLate, PATIENCE).toBe('here');
  await expectSameAsPostgres();
  const ofLate = asked.filter((url) => url.includes(late));
  expect(ofLate.filter((url) => chunkOf(url) !== null)).toHaveLength(1);
  expect(ofLate.filter((url) => /shapes\/assets\b.*offset=-1/.test(url))).toEqual([]);
}, 90_000);
