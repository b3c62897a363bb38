import type { PGlite } from '@electric-sql/pglite';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPGlite } from '../open/create-pglite.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { type RunningReplica, startReplica } from '../open/start-replica.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

const project = uuid();
const packages = [uuid(), uuid()];
const ids = Array.from({ length: 40 }, () => uuid());

let postgres: TestDatabase;
let server: TestServer;
let database: PGlite;
let replica: RunningReplica;
/** Holds mutations in transit until it resolves. */
let mutationsPass: Promise<void> = Promise.resolve();

beforeAll(async () => {
  postgres = await createTestDatabase();
  server = await createTestServer(postgres.url);
  database = await createPGlite(await quickPGlite());
  const { sql } = postgres;
  await sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'Audited', 'vfx')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, source_path)
    SELECT id, ${project}, id, 'vfx', '/mnt/' || id FROM unnest(${packages}::uuid[]) AS id`;
  await sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, yaw)
    SELECT id, ${project}, (${packages}::uuid[])[1 + n % 2], n || '.png', n || '.png', 'image', 'plate', n, now(), n / 3.0
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS numbered (id, n)`;
  await sql`INSERT INTO asset_tags SELECT id, 'tag', package_id, project_id FROM assets`;
  replica = await startReplica({
    database,
    storage: 'memory',
    server: server.url,
    sql: await readReplicaSql(),
    fetch: async (input, init) => {
      if (String(input).endsWith('/api/mutations')) await mutationsPass;
      return fetch(input, init);
    },
  });
});
afterAll(async () => {
  await replica.close();
  await server.kill();
  await database.close();
  await postgres[Symbol.asyncDispose]();
});

const rows = async (text: string) => (await database.query(text)).rows;

test('audit: changes nothing when the replica equals the server', async () => {
  await expect.poll(() => replica.status().phase).toBe('ready');
  expect(await replica.audit()).toMatchObject({ skipped: 0, repairedRows: 0, unrepaired: [] });
});

test('audit: reports missing, altered and surplus rows, and fetches only their shapes again', async () => {
  const others = [
    ...(await rows(`SELECT * FROM replica.shapes WHERE reference NOT LIKE 'assets?%' ORDER BY reference`)),
  ];
  const before = await rows('SELECT * FROM assets ORDER BY id');
  const [missing, altered, copied] = ids;
  await database.exec(`
    DELETE FROM assets WHERE id = '${missing}';
    UPDATE assets SET yaw = yaw + 0.5 WHERE id = '${altered}';
    CREATE TEMP TABLE ghost AS SELECT * FROM assets WHERE id = '${copied}';
    UPDATE ghost SET id = '${uuid()}', package_id = '${uuid()}';
    INSERT INTO assets SELECT * FROM ghost;`);
  const report = await replica.audit();
  expect(report).toMatchObject({ skipped: 0, repairedRows: 3, unrepaired: [] });
  expect(await rows('SELECT * FROM assets ORDER BY id')).toEqual(before);
  expect(replica.status().notices.map(({ text }) => text)).toEqual([
    'Replaced 3 rows of this device’s copy that differed from the server.',
  ]);
  const handles = (found: unknown[]) =>
    (found as { reference: string; handle: string }[]).map((row) => `${row.reference} ${row.handle}`);
  expect(
    handles(await rows(`SELECT * FROM replica.shapes WHERE reference NOT LIKE 'assets?%' ORDER BY reference`)),
  ).toEqual(handles(others));
});

test('audit: compares the server truth of rows that an unsent change touches', async () => {
  const held = Promise.withResolvers<void>();
  mutationsPass = held.promise;
  await replica.mutate('assets.review', { ids: ids.slice(0, 10), review_status: 'approved' });
  await replica.mutate('assets.tag', { ids: ids.slice(5, 15), add: ['unsent'], remove: ['tag'] });
  expect(await replica.audit()).toMatchObject({ skipped: 0, repairedRows: 0, unrepaired: [] });
  await database.exec(`UPDATE replica.base_assets SET camera = 'never' WHERE id = '${ids[3]}'`);
  expect(await replica.audit()).toMatchObject({ skipped: 0, repairedRows: 1, unrepaired: [] });
  expect(await rows(`SELECT camera, review_status FROM assets WHERE id = '${ids[3]}'`)).toEqual([
    { camera: null, review_status: 'approved' },
  ]);
  held.resolve();
  await expect.poll(() => replica.status().unsent).toBe(0);
  expect(await replica.audit()).toMatchObject({ skipped: 0, repairedRows: 0, unrepaired: [] });
});
