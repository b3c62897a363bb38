import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPGlite } from '../open/create-pglite.ts';
import { openDiskFile, openDiskFiles } from './disk-files.ts';
import { FileError } from './file-tree.ts';
import { PackedFiles } from './packed-files.ts';
import type { SyncFile } from './sync-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-packed-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('PackedFiles: PGlite’s rows survive a crash, and old logs do not pile up', async () => {
  const database = await createPGlite({ ...(await quickPGlite()), fs: openDiskFiles(folder, { durable: true }) });
  await database.exec('CREATE TABLE t (n integer PRIMARY KEY, filler text)');
  for (let round = 0; round < 4; round++) {
    await database.exec(`
      INSERT INTO t SELECT ${round} * 5000 + n, repeat('x', 500) FROM generate_series(1, 5000) AS n;
      DELETE FROM t WHERE n <= ${round} * 5000;`);
    await database.exec('VACUUM t');
    await database.exec('CHECKPOINT');
  }
  await database.exec('INSERT INTO t VALUES (-1, NULL)');
  const crashed = await createPGlite({ fs: openDiskFiles(folder, { durable: true }) });
  expect((await crashed.query('SELECT count(*)::integer AS rows, min(n) FROM t')).rows).toEqual([
    { rows: 5001, min: -1 },
  ]);
  await crashed.close();
  expect((await readFile(path.join(folder, 'contents'))).length).toBeLessThan(55e6);
});

test('PackedFiles: without room PGlite fails writes but still reads, and recovers when there is room', async () => {
  let limit = Number.POSITIVE_INFINITY;
  const file = (name: string): SyncFile => {
    const whole = openDiskFile(path.join(folder, name));
    const grow = (size: number) => {
      if (size > Math.max(limit, whole.getSize())) throw new FileError('ENOSPC', name);
    };
    return {
      ...whole,
      write(buffer, options) {
        grow(options.at + buffer.length);
        return whole.write(buffer, options);
      },
      truncate(size) {
        grow(size);
        whole.truncate(size);
      },
    };
  };
  const files = () =>
    new PackedFiles({ contents: file('contents'), logs: [file('journal-0'), file('journal-1')], durable: true });
  const database = await createPGlite({ ...(await quickPGlite()), fs: files() });
  await database.exec('CREATE TABLE t (n integer, filler text)');
  const insert = () => database.exec(`INSERT INTO t SELECT n, repeat('x', 500) FROM generate_series(1, 2000) AS n`);
  const count = async () =>
    (await database.query<{ rows: number }>('SELECT count(*)::integer AS rows FROM t')).rows[0]?.rows;
  await insert();
  limit = 0;
  const outcomes: string[] = [];
  while (outcomes.filter((outcome) => outcome === '53100').length < 3) {
    outcomes.push(
      await insert().then(
        () => 'inserted',
        (error: { code: string }) => error.code,
      ),
    );
  }
  const inserted = 2000 * (1 + outcomes.filter((outcome) => outcome === 'inserted').length);
  expect(await count()).toBe(inserted);
  await database.exec('DELETE FROM t WHERE n = 1');
  const left = inserted - inserted / 2000;
  expect(await count()).toBe(left);

  limit = Number.POSITIVE_INFINITY;
  await insert();
  expect(await count()).toBe(left + 2000);
  const crashed = await createPGlite({ fs: files() });
  expect((await crashed.query('SELECT count(*)::integer AS rows FROM t')).rows).toEqual([{ rows: left + 2000 }]);
  await crashed.close();
});
