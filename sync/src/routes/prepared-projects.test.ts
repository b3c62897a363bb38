import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PreparedProjects } from '../prepared-projects/prepared-projects.ts';
import { createShapeEngine } from '../shape-engine/shape-engine.ts';
import { createKnownScopes, NO_SCOPE } from '../shapes/known-scopes.ts';
import type { ShapeSource } from '../shapes/shape-source.ts';
import { insertTestLibrary } from '../testing/test-library.ts';
import { preparedProjectsRoute } from './prepared-projects.ts';
import { shapesRoute } from './shapes.ts';

const log = pino({ level: 'silent' });
let database: TestDatabase;
let folder: string;
let source: ShapeSource;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-prepared-'));
  const tables = ['folders', 'assets', 'asset_tags'];
  source = createShapeEngine({ databaseUrl: database.url, folder: path.join(folder, 'shapes'), tables, log: () => {} });
});
afterAll(async () => {
  await source.close();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const routes = (from: ShapeSource = source) => {
  const scopes = createKnownScopes(database.sql);
  const prepared = new PreparedProjects({ sql: database.sql, source: from, folder: path.join(folder, 'prepared') });
  return { prepared: preparedProjectsRoute({ prepared, scopes, log }), shapes: shapesRoute({ source: from, scopes }) };
};
const errorOf = async (answer: Response) => [answer.status, ((await answer.json()) as { error: object }).error];

test('GET /api/prepared-projects: one copy for all readers until much has changed, and its chunks in zstd or plain', async () => {
  const { projectId } = await insertTestLibrary(database.sql, { assets: 2000 });
  const { prepared } = routes();
  const ask = async () => (await prepared.request(`/${projectId}`)).json() as Promise<{ id: string; shapes: object[] }>;
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(second).toEqual(first);
  expect(await ask()).toEqual(first);
  expect(first.shapes).toMatchObject([
    { name: 'folders', chunks: [{ rows: 1 }] },
    { name: 'assets', chunks: [{ rows: 2000 }] },
    { name: 'asset_tags', chunks: [] },
  ]);
  const chunk = (encoding: string) =>
    prepared.request(`/${projectId}/${first.id}/assets/0`, { headers: { 'accept-encoding': encoding } });
  const plain = await (await chunk('identity')).arrayBuffer();
  const packed = await chunk('zstd');
  expect(packed.headers.get('content-encoding')).toBe('zstd');
  expect((await packed.arrayBuffer()).byteLength).toBeLessThan(plain.byteLength);
  expect((await prepared.request(`/${projectId}/${first.id}/assets/1`)).status).toBe(404);

  await database.sql`UPDATE assets SET name = name || ' 2' WHERE project_id = ${projectId}`;
  await expect.poll(async () => (await ask()).id).not.toBe(first.id);
  const begun = await prepared.request(`/${projectId}?id=${first.id}`);
  expect(await begun.json()).toEqual(first);
}, 30_000);

test('GET /api/prepared-projects: waits for transactions that have begun, as one may be in the log and not visible yet', async () => {
  const { projectId, packageId } = await insertTestLibrary(database.sql, { assets: 10 });
  const written = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const transaction = database.sql.begin(async (sql) => {
    await sql`
      INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
      VALUES (${uuid()}, ${projectId}, ${packageId}, 'late.png', 'late.png', 'image', 'plate', 1, now())`;
    written.resolve();
    await asked.promise;
  });
  await written.promise;
  const answer = routes().prepared.request(`/${projectId}`);
  const waiting = async () => {
    const [row] = await database.sql<[{ count: number }]>`
      SELECT count(*)::integer AS count FROM pg_stat_activity WHERE query LIKE '%pg_snapshot_xmin%' AND pid <> pg_backend_pid()`;
    return row.count;
  };
  await expect.poll(waiting).toBeGreaterThan(0);
  asked.resolve();
  await transaction;
  expect(await (await answer).json()).toMatchObject({ shapes: [{}, { name: 'assets', chunks: [{ rows: 11 }] }, {}] });
}, 30_000);

test('GET /api/prepared-projects: a reader gets the error that a shape gives, and none for a project that is not there', async () => {
  const { prepared, shapes } = routes();
  for (const id of ['nothing', NO_SCOPE]) {
    const [status, error] = await errorOf(await prepared.request(`/${id}`));
    const [ofShape, shapeError] = await errorOf(await shapes.request(`/assets?project=${id}&offset=-1`));
    expect([status, (error as { code: string }).code]).toEqual([ofShape, (shapeError as { code: string }).code]);
  }
  expect((await prepared.request(`/${uuid()}`)).status).toBe(404);
  expect((await prepared.request(`/${uuid()}/..%2f..%2fx/assets/0`)).status).toBe(404);
});

test('GET /api/prepared-projects: is unavailable while shapes are', async () => {
  const { projectId } = await insertTestLibrary(database.sql, { assets: 1 });
  const down: ShapeSource = {
    fetch: async () => Response.json({ message: 'down' }, { status: 503 }),
    health: () => source.health(),
    close: async () => {},
  };
  const { prepared, shapes } = routes(down);
  expect((await shapes.request(`/assets?project=${projectId}&offset=-1`)).status).toBe(503);
  expect((await prepared.request(`/${projectId}`)).status).toBe(503);
});
