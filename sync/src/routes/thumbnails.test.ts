import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { MAX_THUMBNAILS, readFrames } from '@ingesthub/schema/library/thumbnail-pack.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertTestLibrary, type TestLibrary } from '../testing/test-library.ts';
import { thumbnailsRoute } from './thumbnails.ts';

const PICTURES = 40;
let database: TestDatabase;
let folder: string;
let route: ReturnType<typeof thumbnailsRoute>;
let library: TestLibrary;

/** Returns the bytes of an asset's picture, which differ in content and length for each asset. */
function picture(index: number): string {
  return `picture ${index} ${'x'.repeat(index)}`;
}

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-thumbnails-'));
  library = await insertTestLibrary(database.sql, { assets: PICTURES + 2 });
  for (const [index, id] of library.assetIds.slice(0, PICTURES + 1).entries()) {
    const key = derivativeKey('thumbnail', { hash: index.toString(16).padStart(2, '0').repeat(32), extension: 'png' });
    await database.sql`UPDATE assets SET thumbnail_key = ${key}, thumbnail_status = 'ready' WHERE id = ${id}`;
    // The last file is missing; the asset after it never had a picture.
    if (index === PICTURES) continue;
    const file = path.join(folder, derivativePath(key));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, picture(index));
  }
  route = thumbnailsRoute({ sql: database.sql, derivativeFolder: folder });
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function ask(ids: readonly unknown[]): Promise<Response> {
  const init = { method: 'POST', body: JSON.stringify({ ids }), headers: { 'content-type': 'application/json' } };
  return Promise.resolve(route.request('/', init));
}

describe('POST /api/thumbnails', () => {
  test('returns one frame per id in request order, with the version in the replica', async () => {
    const ids = [...library.assetIds.slice(0, PICTURES)].reverse();
    const pack = Buffer.from(await (await ask(ids)).arrayBuffer());
    const rows = await database.sql<
      { id: string; thumbnail_version: number }[]
    >`SELECT id, thumbnail_version FROM assets`;
    const versions = new Map(rows.map((row) => [row.id, row.thumbnail_version]));
    const frames = readFrames(pack);
    expect(frames.map((frame) => pack.toString('utf8', frame.offset, frame.offset + frame.length))).toEqual(
      ids.map((_, index) => picture(PICTURES - 1 - index)),
    );
    expect(frames.map((frame) => frame.version)).toEqual(ids.map((id) => versions.get(id)));
  });

  test('returns empty frames for an asset without a picture, one with a missing file and an unknown one', async () => {
    const [first = '', gone = '', none = ''] = [0, PICTURES, PICTURES + 1].map((index) => library.assetIds[index]);
    const pack = Buffer.from(await (await ask([gone, uuid(), none, first])).arrayBuffer());
    expect(readFrames(pack).map((frame) => frame.length)).toEqual([0, 0, 0, picture(0).length]);
  });

  test('sets a picture missing from disk back to pending, ahead of other work', async () => {
    const gone = library.assetIds[PICTURES] ?? '';
    const key = derivativeKey('thumbnail', { hash: 'fe'.repeat(32), extension: 'png' });
    await database.sql`UPDATE assets SET thumbnail_key = ${key}, thumbnail_status = 'ready' WHERE id = ${gone}`;
    await database.sql`DELETE FROM wanted`;
    await (await ask([gone])).arrayBuffer();
    const [row] = await database.sql`SELECT thumbnail_status, thumbnail_key FROM assets WHERE id = ${gone}`;
    expect(row).toEqual({ thumbnail_status: 'pending', thumbnail_key: null });
    expect(await database.sql`SELECT asset_id FROM wanted`).toEqual([{ asset_id: gone }]);
    await database.sql`UPDATE assets SET thumbnail_key = ${key}, thumbnail_status = 'ready' WHERE id = ${gone}`;
  });

  test('sets a picture left empty by a power cut back to pending, and returns an empty frame', async () => {
    const empty = library.assetIds[PICTURES] ?? '';
    const key = derivativeKey('thumbnail', { hash: 'ee'.repeat(32), extension: 'png' });
    const file = path.join(folder, derivativePath(key));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '');
    const [before] = await database.sql`SELECT thumbnail_key FROM assets WHERE id = ${empty}`;
    await database.sql`UPDATE assets SET thumbnail_key = ${key}, thumbnail_status = 'ready' WHERE id = ${empty}`;
    const pack = Buffer.from(await (await ask([empty])).arrayBuffer());
    expect(readFrames(pack).map((frame) => frame.length)).toEqual([0]);
    const [row] = await database.sql`SELECT thumbnail_status FROM assets WHERE id = ${empty}`;
    expect(row).toEqual({ thumbnail_status: 'pending' });
    await database.sql`
      UPDATE assets SET thumbnail_key = ${before?.['thumbnail_key']}, thumbnail_status = 'ready' WHERE id = ${empty}`;
  });

  test.each([
    ['no ids', []],
    ['too many', Array.from({ length: MAX_THUMBNAILS + 1 }, () => uuid())],
    ['an invalid id', ['../../etc/passwd']],
  ])('rejects %s', async (_, ids) => {
    const response = await ask(ids);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: { code: 'invalid_arguments', message: expect.any(String) } },
    ]);
  });
});

describe('GET /api/thumbnails/size', () => {
  test('counts the pictures and bytes of a package or project, using the average for missing files', async () => {
    const bytes = Array.from({ length: PICTURES }, (_, index) => picture(index).length).reduce(
      (sum, size) => sum + size,
      0,
    );
    const expected = { count: PICTURES + 1, bytes: Math.round((bytes / PICTURES) * (PICTURES + 1)) };
    expect(await (await route.request(`/size?package=${library.packageId}`)).json()).toEqual(expected);
    expect(await (await route.request(`/size?project=${library.projectId}`)).json()).toEqual(expected);
    expect(await (await route.request(`/size?package=${uuid()}`)).json()).toEqual({ count: 0, bytes: 0 });
  });

  test.each(['/size', '/size?package=1', `/size?package=${uuid()}&project=${uuid()}`])('rejects %s', async (url) => {
    expect((await route.request(url)).status).toBe(400);
  });
});
