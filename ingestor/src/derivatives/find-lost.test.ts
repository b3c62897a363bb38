import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findLost, looksAway, setBack } from './find-lost.ts';

let database: TestDatabase;
let folder: string;
const [packageId, projectId] = [uuid(), uuid()];
const { signal } = new AbortController();

beforeAll(async () => {
  database = await createTestDatabase();
  const { sql } = database;
  await sql`INSERT INTO projects (id, name, type) VALUES (${projectId}, 'Demo', 'vfx')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, source_path, media_root)
    VALUES (${packageId}, ${projectId}, 'A', 'vfx', '/media/A', 'nas:/media')`;
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-lost-'));
});
afterEach(async () => {
  await database.sql`DELETE FROM assets`;
  await rm(folder, { recursive: true });
});

/** Creates an asset whose thumbnail and proxy count as made. @returns its keys. */
async function asset(hash: string): Promise<{ id: string; thumbnail: string; proxy: string }> {
  const id = uuid();
  const [thumbnail, proxy] = [
    derivativeKey('thumbnail', { hash, extension: 'mov' }),
    derivativeKey('proxy', { hash, extension: 'mov' }),
  ];
  await database.sql`
    INSERT INTO assets (
      id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, probe_status,
      thumbnail_status, thumbnail_key, proxy_status, proxy_key
    )
    VALUES (
      ${id}, ${projectId}, ${packageId}, ${id}, ${id}, 'video', 'raw', 1, now(), 'ready',
      'ready', ${thumbnail}, 'ready', ${proxy}
    )`;
  return { id, thumbnail, proxy };
}

async function put(key: string, bytes = 'x'): Promise<void> {
  const file = path.join(folder, derivativePath(key));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

const find = () => findLost({ rootIds: ['nas:/media'] }, { sql: database.sql, folder, signal });
const state = async (id: string) =>
  (await database.sql`SELECT thumbnail_status, thumbnail_key, proxy_status FROM assets WHERE id = ${id}`)[0];

test('setBack resets a missing derivative, and leaves the others', async () => {
  const one = await asset('a'.repeat(64));
  await put(one.proxy);
  const { lost, named } = await find();
  expect([lost, named]).toEqual([[{ assetId: one.id, key: one.thumbnail }], 2]);
  expect([...(await setBack(lost, { sql: database.sql, signal }))]).toEqual([packageId]);
  expect(await state(one.id)).toEqual({ thumbnail_status: 'pending', thumbnail_key: null, proxy_status: 'ready' });
  expect((await find()).lost).toEqual([]);
});

test('findLost treats an empty file, as left by a power cut, as lost', async () => {
  const one = await asset('a'.repeat(64));
  await put(one.proxy, '');
  await put(one.thumbnail);
  expect((await find()).lost).toEqual([{ assetId: one.id, key: one.proxy }]);
});

test('findLost finds a single missing file in a full shelf', async () => {
  const assets = [];
  for (let index = 0; index < 30; index += 1) {
    const hash = `aa${index.toString(16).padStart(2, '0')}`.padEnd(64, '0');
    assets.push(await asset(hash));
  }
  for (const { proxy, thumbnail } of assets) {
    await put(proxy);
    if (thumbnail !== assets[7]?.thumbnail) await put(thumbnail);
  }
  expect((await find()).lost).toEqual([{ assetId: assets[7]?.id, key: assets[7]?.thumbnail }]);
});

test('setBack skips rows whose derivative has since been queued or made under another key', async () => {
  const [making, remade] = [await asset('a'.repeat(64)), await asset('b'.repeat(64))];
  const { lost } = await find();
  const other = derivativeKey('thumbnail', { hash: 'c'.repeat(64), extension: 'mov' });
  await database.sql`UPDATE assets SET thumbnail_status = 'pending', proxy_status = 'none' WHERE id = ${making.id}`;
  await database.sql`UPDATE assets SET thumbnail_key = ${other}, proxy_status = 'none' WHERE id = ${remade.id}`;
  expect([...(await setBack(lost, { sql: database.sql, signal }))]).toEqual([]);
  expect(await state(remade.id)).toMatchObject({ thumbnail_status: 'ready', thumbnail_key: other });
});

test('findLost checks only the given roots, and fails when the folder cannot be read', async () => {
  await asset('a'.repeat(64));
  const elsewhere = { rootIds: ['other:/media'] };
  expect(await findLost(elsewhere, { sql: database.sql, folder, signal })).toEqual({ lost: [], named: 0 });
  const missing = path.join(folder, 'away');
  await expect(findLost({ packageId }, { sql: database.sql, folder: missing, signal })).rejects.toThrow(/ENOENT/);
});

test('looksAway suspects the folder when most of many derivatives are missing', () => {
  const lost = (count: number) => Array.from({ length: count }, () => ({ assetId: '', key: '' }));
  expect(looksAway({ lost: lost(100), named: 150 })).toBe(true);
  expect(looksAway({ lost: lost(50), named: 150 })).toBe(false);
  expect(looksAway({ lost: lost(10), named: 10 })).toBe(false);
});
