import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { MAX_WANTED } from '@ingesthub/schema/library/wanted.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertTestLibrary, type TestLibrary } from '../testing/test-library.ts';
import { wantedRoute } from './wanted.ts';

let database: TestDatabase;
let route: ReturnType<typeof wantedRoute>;
let library: TestLibrary;

beforeAll(async () => {
  database = await createTestDatabase();
  route = wantedRoute({ sql: database.sql });
});
beforeEach(async () => {
  await database.sql`TRUNCATE wanted`;
  library = await insertTestLibrary(database.sql, { assets: 6 });
  await database.sql`
    UPDATE assets SET probe_status = 'ready', thumbnail_status = 'ready', proxy_status = 'none'
    WHERE package_id = ${library.packageId}`;
});
afterAll(() => database[Symbol.asyncDispose]());

function ask(body: unknown): Promise<Response> {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return Promise.resolve(route.request('/', init));
}

async function wanted(): Promise<string[]> {
  const rows = await database.sql<{ asset_id: string }[]>`SELECT asset_id FROM wanted ORDER BY 1`;
  return rows.map((row) => row.asset_id);
}

async function setPending(column: string, id: string): Promise<void> {
  await database.sql`UPDATE assets SET ${database.sql(column)} = 'pending' WHERE id = ${id}`;
}

describe('POST /api/wanted', () => {
  test('keeps only assets that wait for a probe or any kind of derivative', async () => {
    const columns = ['probe_status', 'thumbnail_status', 'proxy_status', 'sprite_status', 'waveform_status'];
    const [ready = '', ...waiting] = library.assetIds;
    for (const [index, column] of columns.entries()) await setPending(column, waiting[index] ?? '');
    const response = await ask({ ids: [...waiting, ready, uuid()].toReversed() });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(await wanted()).toEqual(waiting);
  });

  test('leaves out assets that are deleted or not on disk', async () => {
    const [waiting = '', deleted = '', missing = ''] = library.assetIds;
    for (const id of [waiting, deleted, missing]) await setPending('thumbnail_status', id);
    await database.sql`UPDATE assets SET deleted_at = now() WHERE id = ${deleted}`;
    await database.sql`UPDATE assets SET missing_since = now() WHERE id = ${missing}`;
    await ask({ ids: [waiting, deleted, missing] });
    expect(await wanted()).toEqual([waiting]);
  });

  test('keeps the time of the first request when an asset is requested again', async () => {
    const [first = '', second = ''] = library.assetIds;
    for (const id of [first, second]) await setPending('thumbnail_status', id);
    await ask({ ids: [first] });
    const since = await database.sql`SELECT wanted_at FROM wanted`;
    expect((await ask({ ids: [first, second, first.toUpperCase()] })).status).toBe(204);
    expect(await wanted()).toEqual([first, second]);
    expect(await database.sql`SELECT wanted_at FROM wanted WHERE asset_id = ${first}`).toEqual(since);
  });

  test('notifies ingestors', async () => {
    const [waiting = ''] = library.assetIds;
    await setPending('thumbnail_status', waiting);
    const told = Promise.withResolvers<string>();
    const listening = await database.sql.listen('ihub_ingest', told.resolve);
    await ask({ ids: [waiting] });
    expect(await told.promise).toBe('wanted');
    await listening.unlisten();
  });

  test.each([
    ['no ids', { ids: [] }],
    ['too many', { ids: Array.from({ length: MAX_WANTED + 1 }, () => uuid()) }],
    ['an invalid id', { ids: ["'; DROP TABLE wanted"] }],
    ['another shape', [uuid()]],
  ])('rejects %s', async (_, body) => {
    const response = await ask(body);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: { code: 'invalid_arguments', message: expect.any(String) } },
    ]);
  });

  test('rejects invalid JSON and a body over the limit', async () => {
    expect((await route.request('/', { method: 'POST', body: '{' })).status).toBe(400);
    const response = await ask({ ids: [], padding: 'x'.repeat(70_000) });
    expect([response.status, await response.json()]).toEqual([
      413,
      { error: { code: 'too_large', message: expect.any(String) } },
    ]);
  });
});
