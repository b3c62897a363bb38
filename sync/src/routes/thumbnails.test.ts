import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/derivatives.ts';
import { MAX_THUMBNAILS, readFrames } from '@ingesthub/schema/thumbnail-pack.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertTestLibrary, type TestLibrary } from '../testing/test-library.ts';
import { thumbnailsRoute } from './thumbnails.ts';

const PICTURES = 40;
let database: TestDatabase;
let folder: string;
let route: ReturnType<typeof thumbnailsRoute>;
let library: TestLibrary;

/** The bytes of the asset's picture: its own, of its own length. */
function picture(index: number): string {
  return `picture ${index} ${'x'.repeat(index)}`;
}

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-thumbnails-'));
  library = await insertTestLibrary(database.sql, { assets: PICTURES + 2 });
  for (const [index, id] of library.assetIds.slice(0, PICTURES + 1).entries()) {
    const key = derivativeKey('thumbnail', index.toString(16).padStart(2, '0').repeat(32));
    await database.sql`UPDATE assets SET thumbnail_key = ${key}, thumbnail_status = 'ready' WHERE id = ${id}`;
    // The last one's file is gone; the one after it never had a picture.
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
  test('answers a frame for each id in the order asked, with the version that the replica knows', async () => {
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

  test('an asset without a picture, one whose file is gone and an unknown one are frames of length 0', async () => {
    const [first = '', gone = '', none = ''] = [0, PICTURES, PICTURES + 1].map((index) => library.assetIds[index]);
    const pack = Buffer.from(await (await ask([gone, uuid(), none, first])).arrayBuffer());
    expect(readFrames(pack).map((frame) => frame.length)).toEqual([0, 0, 0, picture(0).length]);
  });

  test('a picture that is gone from the disk is pending again, and wanted first', async () => {
    const gone = library.assetIds[PICTURES] ?? '';
    const key = derivativeKey('thumbnail', 'fe'.repeat(32));
    await database.sql`UPDATE assets SET thumbnail_key = ${key}, thumbnail_status = 'ready' WHERE id = ${gone}`;
    await database.sql`DELETE FROM wanted`;
    await (await ask([gone])).arrayBuffer();
    const [row] = await database.sql`SELECT thumbnail_status, thumbnail_key FROM assets WHERE id = ${gone}`;
    expect(row).toEqual({ thumbnail_status: 'pending', thumbnail_key: null });
    expect(await database.sql`SELECT asset_id FROM wanted`).toEqual([{ asset_id: gone }]);
    await database.sql`UPDATE assets SET thumbnail_key = ${key}, thumbnail_status = 'ready' WHERE id = ${gone}`;
  });

  test('a picture that a power cut left empty is none, and pending again', async () => {
    const empty = library.assetIds[PICTURES] ?? '';
    const key = derivativeKey('thumbnail', 'ee'.repeat(32));
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
    ['what is no id', ['../../etc/passwd']],
  ])('%s is refused', async (_, ids) => {
    const response = await ask(ids);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: { code: 'invalid_arguments', message: expect.any(String) } },
    ]);
  });
});

describe('GET /api/thumbnails/size', () => {
  test('is the count and the bytes of a package or project, those without a file taken for average', async () => {
    const bytes = Array.from({ length: PICTURES }, (_, index) => picture(index).length).reduce(
      (sum, size) => sum + size,
      0,
    );
    const expected = { count: PICTURES + 1, bytes: Math.round((bytes / PICTURES) * (PICTURES + 1)) };
    expect(await (await route.request(`/size?package=${library.packageId}`)).json()).toEqual(expected);
    expect(await (await route.request(`/size?project=${library.projectId}`)).json()).toEqual(expected);
    expect(await (await route.request(`/size?package=${uuid()}`)).json()).toEqual({ count: 0, bytes: 0 });
  });

  test.each(['/size', '/size?package=1', `/size?package=${uuid()}&project=${uuid()}`])('%s is refused', async (url) => {
    expect((await route.request(url)).status).toBe(400);
  });
});
