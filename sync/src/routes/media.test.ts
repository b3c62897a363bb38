import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OriginalReaders } from '../originals/original-readers.ts';
import { insertTestLibrary } from '../testing/test-library.ts';
import { mediaRoute } from './media.ts';

const stop = new AbortController();
let database: TestDatabase;
let folder: string;
let route: ReturnType<typeof mediaRoute>;
let asset: string;
let outsider: string;
let sequence: string;
const key = derivativeKey('thumbnail', { hash: 'ab'.repeat(32), extension: 'mov' });

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-media-'));
  const source = path.join(folder, 'root', 'package');
  await mkdir(source, { recursive: true });
  await mkdir(path.join(folder, 'rootless'));
  await writeFile(path.join(source, '1.png'), '0123456789');
  await writeFile(path.join(folder, 'rootless', 'secret.png'), 'secret');
  await symlink(path.join(folder, 'rootless', 'secret.png'), path.join(source, '2.png'));
  const thumbnail = path.join(folder, 'derivatives', derivativePath(key));
  await mkdir(path.dirname(thumbnail), { recursive: true });
  await writeFile(thumbnail, 'RIFFwebp');

  const library = await insertTestLibrary(database.sql, { assets: 3, sourcePath: source });
  [asset = '', outsider = '', sequence = ''] = library.assetIds;
  await database.sql`UPDATE assets SET thumbnail_key = ${key}, content_hash = ${'ab'.repeat(32)} WHERE id = ${asset}`;
  await database.sql`UPDATE assets SET problem = 'The file is empty.' WHERE id = ${outsider}`;
  await database.sql`UPDATE assets SET file_type = 'sequence' WHERE id = ${sequence}`;
  route = mediaRoute({
    sql: database.sql,
    derivativeFolder: path.join(folder, 'derivatives'),
    originals: new OriginalReaders({ mediaRoots: [path.join(folder, 'root')], signal: stop.signal }),
  });
});
afterAll(async () => {
  stop.abort();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function get(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return Promise.resolve(route.request(url, { headers }));
}

describe('GET /media/assets/<id>/thumbnail', () => {
  test('serves the derivative, cached forever if the URL names its version and revalidated otherwise', async () => {
    const [row] = await database.sql`SELECT thumbnail_version FROM assets WHERE id = ${asset}`;
    const named = await get(`/assets/${asset}/thumbnail?v=${row?.['thumbnail_version']}`);
    expect([named.status, named.headers.get('content-type'), await named.text()]).toEqual([
      200,
      'image/webp',
      'RIFFwebp',
    ]);
    expect(named.headers.get('cache-control')).toContain('immutable');
    const plain = await get(`/assets/${asset}/thumbnail`);
    expect(plain.headers.get('cache-control')).toBe('private, no-cache');
    await plain.text();
    const other = await get(`/assets/${asset}/thumbnail?v=null`);
    expect(other.headers.get('cache-control')).toBe('private, no-cache');
    await other.text();
  });

  test('sets a derivative missing from disk back to pending, ahead of other work', async () => {
    const lostKey = derivativeKey('proxy', { hash: 'ef'.repeat(32), extension: 'mov' });
    await database.sql`UPDATE assets SET proxy_key = ${lostKey}, proxy_status = 'ready' WHERE id = ${asset}`;
    expect((await get(`/assets/${asset}/proxy`)).status).toBe(404);
    const state = async () => {
      const [row] = await database.sql`
        SELECT proxy_status, proxy_key, proxy_version, thumbnail_key FROM assets WHERE id = ${asset}`;
      return row;
    };
    expect(await state()).toEqual({
      proxy_status: 'pending',
      proxy_key: null,
      proxy_version: null,
      thumbnail_key: key,
    });
    expect(await database.sql`DELETE FROM wanted RETURNING asset_id`).toEqual([{ asset_id: asset }]);
    // A derivative stored where this server does not look is not regenerated in a loop.
    await database.sql`UPDATE assets SET proxy_key = ${lostKey}, proxy_status = 'ready' WHERE id = ${asset}`;
    expect((await get(`/assets/${asset}/proxy`)).status).toBe(404);
    expect(await state()).toMatchObject({ proxy_status: 'ready', proxy_key: lostKey });
    await database.sql`UPDATE assets SET proxy_key = NULL, proxy_status = 'none' WHERE id = ${asset}`;
  });

  test('sets a derivative left empty by a power cut back to pending, and does not serve it', async () => {
    const emptyKey = derivativeKey('sprite', { hash: 'ee'.repeat(32), extension: 'mov' });
    const file = path.join(folder, 'derivatives', derivativePath(emptyKey));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '');
    await database.sql`UPDATE assets SET sprite_key = ${emptyKey}, sprite_status = 'ready' WHERE id = ${asset}`;
    expect((await get(`/assets/${asset}/sprite`)).status).toBe(404);
    const [row] = await database.sql`SELECT sprite_status, sprite_key FROM assets WHERE id = ${asset}`;
    expect(row).toEqual({ sprite_status: 'pending', sprite_key: null });
    await database.sql`UPDATE assets SET sprite_status = 'none' WHERE id = ${asset}`;
    await database.sql`DELETE FROM wanted`;
  });

  test('changes nothing while the derivative folder is unavailable', async () => {
    const originals = new OriginalReaders({ mediaRoots: [], signal: stop.signal });
    const away = mediaRoute({ sql: database.sql, derivativeFolder: path.join(folder, 'away'), originals });
    await database.sql`UPDATE assets SET thumbnail_status = 'ready' WHERE id = ${asset}`;
    expect((await away.request(`/assets/${asset}/thumbnail`)).status).toBe(404);
    const [row] = await database.sql`SELECT thumbnail_status, thumbnail_key FROM assets WHERE id = ${asset}`;
    expect(row).toEqual({ thumbnail_status: 'ready', thumbnail_key: key });
  });

  test('returns a 404 with the reason for an asset without a thumbnail', async () => {
    const response = await get(`/assets/${outsider}/thumbnail`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: { code: 'not_found', message: 'The file is empty.' } });
  });

  test.each([`/assets/${uuid()}/thumbnail`, '/assets/1/thumbnail', `/assets/${uuid()}/secrets`])(
    '%s returns a 404',
    async (url) => {
      expect((await get(url)).status).toBe(404);
    },
  );
});

describe.each([
  ['proxy', 'video/mp4'],
  ['sprite', 'image/jpeg'],
  ['waveform', 'application/json'],
] as const)('GET /media/assets/<id>/%s', (kind, type) => {
  const ownKey = derivativeKey(kind, { hash: 'cd'.repeat(32), extension: 'mov' });

  test('serves the derivative whole and in ranges, and revalidates it by its key', async () => {
    const file = path.join(folder, 'derivatives', derivativePath(ownKey));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '0123456789');
    const [row] = await database.sql`
      UPDATE assets SET ${database.sql(`${kind}_key`)} = ${ownKey} WHERE id = ${asset}
      RETURNING ${database.sql(`${kind}_version`)} AS version`;

    const whole = await get(`/assets/${asset}/${kind}?v=${row?.['version']}`);
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('etag'), await whole.text()]).toEqual([
      200,
      type,
      `"${ownKey}"`,
      '0123456789',
    ]);
    expect(whole.headers.get('cache-control')).toContain('immutable');
    const part = await get(`/assets/${asset}/${kind}`, { range: 'bytes=2-4' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    expect((await get(`/assets/${asset}/${kind}`, { 'if-none-match': `"${ownKey}"` })).status).toBe(304);
  });

  test('returns a 404 for an asset without this derivative', async () => {
    const response = await get(`/assets/${sequence}/${kind}`);
    expect(await response.json()).toEqual({ error: { code: 'not_found', message: `This asset has no ${kind}.` } });
  });
});

describe('GET /media/assets/<id>/original', () => {
  test('serves a file whose name is not UTF-8', async () => {
    const [row] = await database.sql<{ relative_path: string }[]>`SELECT relative_path FROM assets WHERE id = ${asset}`;
    const name = Buffer.concat([Buffer.from('caf'), Buffer.of(0xe9), Buffer.from('.png')]);
    await writeFile(Buffer.concat([Buffer.from(`${path.join(folder, 'root', 'package')}/`), name]), 'bytes');
    await database.sql`UPDATE assets SET relative_path = ${'caf\uefe9.png'} WHERE id = ${asset}`;
    const response = await get(`/assets/${asset}/original`);
    expect([response.status, await response.text()]).toEqual([200, 'bytes']);
    await database.sql`UPDATE assets SET relative_path = ${row?.relative_path ?? ''} WHERE id = ${asset}`;
  });

  test.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=-10', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=-999', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=0-999', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=20-', 416, '', 'bytes */10'],
    ['bytes=0-1,4-5', 200, '0123456789', null],
    ['pages=1', 200, '0123456789', null],
  ])('range %s answers %i', async (range, status, text, contentRange) => {
    const response = await get(`/assets/${asset}/original`, { range });
    expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  test('returns a 304 for a matching validator, and the whole file for a range of an older version', async () => {
    const first = await get(`/assets/${asset}/original`);
    await first.text();
    const etag = first.headers.get('etag') ?? '';
    expect((await get(`/assets/${asset}/original`, { 'if-none-match': `"other", ${etag}` })).status).toBe(304);
    await writeFile(path.join(folder, 'root/package/1.png'), 'abcdefghij');
    await utimes(path.join(folder, 'root/package/1.png'), 1, 1);
    const overwritten = await get(`/assets/${asset}/original`, { 'if-none-match': etag });
    expect([overwritten.status, await overwritten.text()]).toEqual([200, 'abcdefghij']);
    await writeFile(path.join(folder, 'root/package/1.png'), '0123456789');
    const older = await get(`/assets/${asset}/original`, { range: 'bytes=0-1', 'if-range': '"older"' });
    expect([older.status, await older.text()]).toEqual([200, '0123456789']);
  });

  test('rejects a link out of the media roots, even into a sibling whose name starts like a root', async () => {
    const response = await get(`/assets/${outsider}/original`);
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('secret.png');
  });

  test('returns a 404 for a sequence, and for a file that is not on disk', async () => {
    expect((await get(`/assets/${sequence}/original`)).status).toBe(404);
    await rm(path.join(folder, 'root/package/1.png'));
    expect(await (await get(`/assets/${asset}/original`)).json()).toMatchObject({
      error: { message: 'The file is not on disk.' },
    });
  });
});
