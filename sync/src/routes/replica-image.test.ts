import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { DEFAULT_IMAGE, type ReplicaImage, replicaImageFile } from '@ingesthub/schema/replica/replica-image.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropImagesOf } from '../replica-image/stored-images.ts';
import { createWantedImages } from '../replica-image/wanted-images.ts';
import { replicaImageRoute } from './replica-image.ts';

const tar = Buffer.alloc(50_000, 'tar');
const image: ReplicaImage = {
  key: 'k1',
  builtAt: new Date('2026-01-02T03:04:05Z'),
  projects: [],
  handles: ['1-2', '3-4'],
  uncompressedBytes: tar.length,
  files: { zstd: 'default-k1.tar.zst', gzip: 'default-k1.tar.gz' },
};
const wanted = createWantedImages();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-images-'));
  await writeFile(path.join(folder, image.files.zstd), zstdCompressSync(tar));
  await writeFile(path.join(folder, image.files.gzip), gzipSync(tar));
});
afterAll(() => rm(folder, { recursive: true }));

async function get(query: string, headers: Record<string, string> = {}): Promise<Response> {
  return replicaImageRoute({ folder, wanted }).request(`/${query}`, { headers });
}

test('replicaImageRoute: reports a missing image, and one for another version of the app', async () => {
  expect((await get('?key=k1')).status).toBe(404);
  await writeFile(path.join(folder, replicaImageFile(DEFAULT_IMAGE)), JSON.stringify(image));
  const other = await get('?key=k2');
  expect(other.status).toBe(404);
  expect(await other.json()).toMatchObject({
    error: { code: 'not_found', message: expect.stringContaining('version') },
  });
});

test('replicaImageRoute: sends the image in an encoding that the reader accepts, with both sizes', async () => {
  const zstd = await get('?key=k1', { 'accept-encoding': 'gzip, deflate, br, zstd' });
  const body = Buffer.from(await zstd.arrayBuffer());
  expect(zstdDecompressSync(body).equals(tar)).toBe(true);
  expect(Object.fromEntries(zstd.headers)).toMatchObject({
    'content-encoding': 'zstd',
    'content-length': String(body.length),
    'x-uncompressed-length': String(tar.length),
    'cache-control': 'private, no-store',
  });
  const gzip = await get('?key=k1', { 'accept-encoding': 'gzip' });
  expect([gzip.headers.get('content-encoding'), (await gzip.arrayBuffer()).byteLength]).toEqual([
    'gzip',
    gzipSync(tar).length,
  ]);
  const plain = await get('?key=k1');
  expect(plain.headers.has('content-encoding')).toBe(false);
  expect(Buffer.from(await plain.arrayBuffer()).equals(tar)).toBe(true);
});

test('replicaImageRoute: answers HEAD like GET, and leaves no file open', async () => {
  const answer = await replicaImageRoute({ folder, wanted }).request('/?key=k1', { method: 'HEAD' });
  expect([answer.status, answer.headers.get('x-uncompressed-length')]).toEqual([200, String(tar.length)]);
  const opened = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  expect((await Promise.all(opened)).filter((file) => file.startsWith(folder))).toEqual([]);
});

test('replicaImageRoute: returns a 304 if If-None-Match has the image’s tag', async () => {
  const etag = (await get('?key=k1')).headers.get('etag') ?? '';
  expect((await get('?key=k1', { 'if-none-match': etag })).status).toBe(304);
});

test('replicaImageRoute: sends the largest image within a working set, and records that set as wanted', async () => {
  const [a, b, c] = [uuid(), uuid(), uuid()];
  for (const [name, projects] of Object.entries({ one: [a], two: [b, a], three: [a, b, c] })) {
    const files = { zstd: `${name}.zst`, gzip: `${name}.gz` };
    await writeFile(path.join(folder, files.gzip), gzipSync(name));
    await writeFile(path.join(folder, replicaImageFile(name)), JSON.stringify({ ...image, projects, files }));
  }
  expect(await (await get(`?key=k1&projects=${b},${a}`)).text()).toBe('two');
  expect(await (await get(`?key=k1&projects=${a},${c}`)).text()).toBe('one');
  expect((await get(`?key=k1&projects=${c}`)).status).toBe(404);
  expect((await get(`?key=k2&projects=${a}`)).status).toBe(404);
  expect((await get('?key=k1&projects=all')).status).toBe(400);
  // The latest two are kept.
  expect(wanted.list().map(({ projects }) => projects)).toEqual([[a], [c]]);
});

test('dropImagesOf: removes the images of a deleted shape and keeps the others', async () => {
  const [a, b] = [uuid(), uuid()];
  for (const [name, projects, handles] of [
    ['stale', [a], ['5-6', '7-8']],
    ['fresh', [b], ['9-0']],
  ] as const) {
    const files = { zstd: `${name}.zst`, gzip: `${name}.gz` };
    await writeFile(path.join(folder, files.gzip), gzipSync(name));
    await writeFile(path.join(folder, replicaImageFile(name)), JSON.stringify({ ...image, projects, handles, files }));
  }
  expect(await dropImagesOf(folder, '7-8')).toEqual(['stale']);
  expect((await get(`?key=k1&projects=${a}`)).status).toBe(404);
  expect(await (await get(`?key=k1&projects=${b}`)).text()).toBe('fresh');
  expect((await readdir(folder)).filter((file) => file.startsWith('stale'))).toEqual([]);
});

test('replicaImageRoute: fails the download of a truncated image', async () => {
  await writeFile(path.join(folder, image.files.gzip), gzipSync(tar).subarray(0, 20));
  await expect((await get('?key=k1')).arrayBuffer()).rejects.toThrow();
});

test.each(['', '{"key":', 'null', '{"key":"k1"}'])(
  'replicaImageRoute: treats facts that read “%s” as no image',
  async (facts) => {
    await writeFile(path.join(folder, replicaImageFile(DEFAULT_IMAGE)), facts);
    expect((await get('?key=k1')).status).toBe(404);
  },
);
