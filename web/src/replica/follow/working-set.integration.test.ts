import type { PGlite } from '@electric-sql/pglite';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPGlite } from '../open/create-pglite.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { type RunningReplica, startReplica } from '../open/start-replica.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

/** The assets of each of two projects; the device has room for one project. The tests build on each other. */
const ASSETS = 20;
const [old, recent] = [uuid(), uuid()];

let postgres: TestDatabase;
let server: TestServer;
let database: PGlite;
let replica: RunningReplica;

beforeAll(async () => {
  postgres = await createTestDatabase();
  server = await createTestServer(postgres.url);
  database = await createPGlite(await quickPGlite());
  for (const id of [old, recent]) await insertProject(id);
  // Weeks apart, because a project on this device is favored over one that is only days more recent.
  await postgres.sql.begin(async (sql) => {
    await sql`SET LOCAL session_replication_role = replica`;
    await sql`UPDATE projects SET updated_at = '2026-01-01' WHERE id = ${old}`;
    await sql`UPDATE packages SET updated_at = '2026-01-01' WHERE project_id = ${old}`;
  });
  await open();
});
afterAll(async () => {
  await replica.close();
  await server.kill();
  await database.close();
  await postgres[Symbol.asyncDispose]();
});

async function open(): Promise<void> {
  const sql = await readReplicaSql();
  replica = await startReplica({ database, storage: 'memory', server: server.url, sql, assetRoom: ASSETS + 5 });
}

async function insertProject(id: string): Promise<void> {
  const { sql } = postgres;
  const packageId = uuid();
  await sql`INSERT INTO projects (id, name, type) VALUES (${id}, ${id}, 'vfx')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, source_path) VALUES (${packageId}, ${id}, 'delivery', 'vfx', '/mnt')`;
  await sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
    SELECT gen_random_uuid(), ${id}, ${packageId}, n || '.png', n || '.png', 'image', 'plate', 1000, now()
    FROM generate_series(1, ${ASSETS}::integer) AS n`;
}

/** Counts the assets of each project on this device. */
async function assets(): Promise<{ old: number; recent: number }> {
  const rows = await replica.query<{ project_id: string; count: number }>({
    text: 'SELECT project_id, count(*)::integer AS count FROM assets GROUP BY project_id',
    values: [],
  });
  const count = (id: string) => rows.find(({ project_id }) => project_id === id)?.count ?? 0;
  return { old: count(old), recent: count(recent) };
}
const state = (id: string) => replica.status().projects.get(id)?.state;

test('startReplica: fetches only the recent project when there is not room for all', async () => {
  await expect.poll(() => replica.status().phase).toBe('ready');
  await expect.poll(assets).toEqual({ old: 0, recent: ASSETS });
  const { projects } = replica.status();
  expect(projects.get(recent)).toMatchObject({ state: 'here', assetCount: ASSETS, choice: null });
  expect(projects.get(old)).toMatchObject({ state: 'absent', assetCount: ASSETS, sizeBytes: ASSETS * 1000 });
  const packages = await replica.query({ text: 'SELECT FROM packages', values: [] });
  expect(packages).toHaveLength(2);
});

test('startReplica: fetches a pinned project even beyond the room, in place of the other', async () => {
  await replica.chooseProject(old, 'pinned');
  await expect.poll(() => state(old)).toBe('here');
  await expect.poll(assets).toEqual({ old: ASSETS, recent: 0 });
  await replica.chooseProject(recent, 'pinned');
  await expect.poll(assets).toEqual({ old: ASSETS, recent: ASSETS });
});

test('startReplica: drops an unfollowed project only once its changes are confirmed, even after a reload', async () => {
  await server.kill();
  await expect.poll(() => replica.status().online).toBe(false);
  const [asset] = await replica.query<{ id: string }>({
    text: 'SELECT id FROM assets WHERE project_id = $1 LIMIT 1',
    values: [recent],
  });
  await replica.mutate('assets.review', { ids: [asset?.id ?? ''], review_status: 'approved' });
  await replica.chooseProject(recent, 'unfollowed');
  await expect.poll(() => state(recent)).toBe('leaving');
  await replica.close();
  await open();
  expect(state(recent)).toBe('leaving');
  expect(await assets()).toEqual({ old: ASSETS, recent: ASSETS });

  await server.start();
  replica.wake();
  await expect.poll(() => state(recent)).toBe('absent');
  expect(await assets()).toEqual({ old: ASSETS, recent: 0 });
  const [row] = await postgres.sql`SELECT review_status FROM assets WHERE id = ${asset?.id ?? ''}`;
  expect(row).toEqual({ review_status: 'approved' });
  expect(replica.status()).toMatchObject({ unsent: 0, problem: null });
});

test('startReplica: keeps the counts in step when projects arrive and leave', async () => {
  const counted = async () => {
    const text =
      'SELECT project_id, asset_count FROM package_summaries WHERE asset_count > 0 ORDER BY project_id = $1 DESC';
    return replica.query({ text, values: [old] });
  };
  expect(await counted()).toEqual([{ project_id: old, asset_count: ASSETS }]);
  await replica.chooseProject(recent, null);
  await replica.chooseProject(old, 'unfollowed');
  await expect.poll(counted).toEqual([{ project_id: recent, asset_count: ASSETS }]);
});

test('startReplica: gives a deleted project’s room to the others, although it has just changed', async () => {
  await replica.chooseProject(old, null);
  await replica.mutate('projects.delete', { ids: [recent] });
  await expect.poll(assets).toEqual({ old: ASSETS, recent: 0 });
  const deleted = await replica.query({ text: 'SELECT FROM projects WHERE deleted_at IS NOT NULL', values: [] });
  expect(deleted).toHaveLength(1);
});
