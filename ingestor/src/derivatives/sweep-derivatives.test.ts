import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { DerivativeStore } from '../media/tools/derivative-store.ts';
import { connect } from '../sql/client.ts';
import { holdHostLock, withSweepLock } from '../sql/host-lock.ts';
import { type SweepOptions, sweepDerivatives } from './sweep-derivatives.ts';

const HOUR_MS = 3600 * 1000;
let database: TestDatabase;
let folder: string;
let packageId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { sql } = database;
  const projectId = uuid();
  packageId = uuid();
  await sql`INSERT INTO projects (id, name, type) VALUES (${projectId}, 'Demo', 'vfx')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES (${packageId}, ${projectId}, 'A', 'vfx', '/media/A')`;
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-sweep-'));
});
afterEach(async () => {
  await database.sql`DELETE FROM assets`;
  await rm(folder, { recursive: true });
});

const sweep = (options: Partial<SweepOptions> = {}) =>
  sweepDerivatives({ sql: database.sql, folder, signal: new AbortController().signal, ...options });

function keyOf(digit: string, kind: 'thumbnail' | 'proxy' | 'sprite' | 'waveform' = 'thumbnail'): string {
  return derivativeKey(kind, { hash: digit.repeat(64), extension: 'mov' });
}

async function put(place: string, hours: number, size = 10): Promise<void> {
  const file = path.join(folder, place);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, Buffer.alloc(size));
  const then = new Date(Date.now() - hours * HOUR_MS);
  await utimes(file, then, then);
}

async function name(key: string, isDeleted = false): Promise<void> {
  const id = uuid();
  await database.sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, proxy_key, deleted_at)
    SELECT ${id}, project_id, id, ${id}, ${id}, 'video', 'raw', 1, now(), ${key}, ${isDeleted ? new Date() : null}
    FROM packages WHERE id = ${packageId}`;
}

async function files(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

test('sweepDerivatives removes only unnamed derivatives that are older than a day', async () => {
  const kept = ['a', 'b'].map((digit) => derivativePath(keyOf(digit, 'proxy')));
  for (const place of kept) await put(place, 100);
  await name(keyOf('a', 'proxy'));
  await name(keyOf('b', 'proxy'), true);
  const strange = ['ab/notes.txt', `cc/${keyOf('d')}`, 'README.txt', 'thumbnails/old.webp', '.room'];
  for (const place of strange) await put(place, 100);
  await put(derivativePath(keyOf('e')), 23);
  const left = ['c', 'd', 'f'].map((digit) => derivativePath(keyOf(digit)));
  for (const place of left) await put(place, 25);

  const all = await files();
  expect(await sweep({ dryRun: true })).toEqual({ files: 3, bytes: 30, kept: 60 });
  expect(await files()).toEqual(all);
  expect(await sweep()).toEqual({ files: 3, bytes: 30, kept: 30 });
  expect(await files()).toEqual(all.filter((place) => !left.includes(place)));
});

test('sweepDerivatives removes the oldest first, up to the given limit', async () => {
  const places = ['a', 'b', 'c'].map((digit) => derivativePath(keyOf(digit)));
  for (const [index, place] of places.entries()) await put(place, [40, 60, 50][index] ?? 0, 100);
  expect(await sweep({ atMost: 150 })).toEqual({ files: 2, bytes: 200, kept: 100 });
  expect(await files()).toEqual([places[0]]);
});

test('sweepDerivatives never removes a derivative that a job finds at the same time', async () => {
  const store = new DerivativeStore(folder, 'host');
  const key = keyOf('a');
  let [found, remade] = [0, 0];
  for (let round = 0; round < 60; round += 1) {
    await put(derivativePath(key), 100);
    const job = async () => {
      for (let pause = 0; pause < round % 12; pause += 1) await database.sql`SELECT`;
      if (await store.has(key)) found += 1;
      else {
        remade += 1;
        await store.makeFile(key, (draft) => writeFile(draft, 'made'));
      }
    };
    await Promise.all([sweep(), job()]);
    expect(await files()).toEqual([derivativePath(key)]);
  }
  expect(found + remade).toBe(60);
});

test('sweepDerivatives restores files that a killed sweep set aside, and clears folders of dead ingestors', async () => {
  await name(keyOf('a', 'proxy'));
  await put(`.sweeping/${keyOf('a', 'proxy')}`, 100);
  await put(`.making-alive/${uuid()}.webp`, 100);
  await put(`.making-gone/${uuid()}.webp`, 100);
  for (const place of ['.making-alive', '.making-gone']) {
    const then = new Date(Date.now() - 100 * HOUR_MS);
    await utimes(path.join(folder, place), then, then);
  }
  const lock = connect(database.url, { max: 1 });
  await holdHostLock(lock, 'alive');
  await mkdir(path.join(folder, 'aa'));
  await sweep();
  await lock.end();
  expect(await files()).toEqual([expect.stringContaining('.making-alive'), derivativePath(keyOf('a', 'proxy'))]);
});

test('sweepDerivatives does nothing while another sweep is running', async () => {
  await put(derivativePath(keyOf('a')), 100);
  expect(await withSweepLock(database.sql, () => sweep())).toBeNull();
  expect(await files()).toHaveLength(1);
  expect(await sweep()).toMatchObject({ files: 1 });
});
