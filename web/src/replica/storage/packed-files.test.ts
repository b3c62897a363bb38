import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
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

/** Opens what a crash at this moment would leave: reads the files as they are, without closing them. */
const reopened = () => openDiskFiles(folder, { durable: true });

function text(files: PackedFiles, name: string): string {
  const handle = files.open(name);
  const buffer = new Uint8Array(100_000);
  const length = files.read(handle, buffer, 0, buffer.length, 0);
  files.close(handle);
  return new TextDecoder().decode(buffer.subarray(0, length));
}

test('PackedFiles: without a close, the next opening finds all flushed writes and no others', async () => {
  const files = openDiskFiles(folder, { durable: true });
  files.mkdir('/base/5', { recursive: true });
  files.writeFile('/base/5/1', 'one');
  files.writeFile('/base/5/2', 'x'.repeat(50_000));
  files.rename('/base/5/1', '/base/5/3');
  files.truncate('/base/5/2', 10_000);
  files.unlink('/base/5/3');
  files.writeFile('/base/5/4', 'four');
  await files.syncToFs();
  files.writeFile('/base/5/5', 'five');
  files.unlink('/base/5/4');
  const after = reopened();
  expect(after.readdir('/base/5').sort()).toEqual(['2', '4']);
  expect([text(after, '/base/5/4'), text(after, '/base/5/2').length]).toEqual(['four', 10_000]);
});

test('PackedFiles: a file grown past its end holds zeros there, even in blocks of another file', async () => {
  const files = openDiskFiles(folder, { durable: true });
  files.writeFile('/a', 'a'.repeat(60_000));
  files.unlink('/a');
  await files.syncToFs();
  files.writeFile('/b', 'b');
  files.truncate('/b', 40_000);
  expect(text(files, '/b')).toBe(`b${'\0'.repeat(39_999)}`);
});

test('PackedFiles: reuses the room of a removed file only after a flush', async () => {
  const files = openDiskFiles(folder, { durable: true });
  const size = async () => (await readFile(path.join(folder, 'contents'))).length;
  files.writeFile('/a', 'a'.repeat(8e6));
  files.unlink('/a');
  files.writeFile('/b', 'b'.repeat(8e6));
  const both = await size();
  expect(both).toBeGreaterThan(16e6);
  files.unlink('/b');
  await files.syncToFs();
  files.writeFile('/c', 'c'.repeat(8e6));
  expect(await size()).toBe(both);
});

test('PackedFiles: keeps an open file readable when it is removed or replaced', async () => {
  const files = openDiskFiles(folder, { durable: true });
  files.writeFile('/a', 'old');
  const handle = files.open('/a');
  files.writeFile('/b', 'new');
  files.rename('/b', '/a');
  await files.syncToFs();
  files.writeFile('/c', 'xxx');
  const buffer = new Uint8Array(3);
  files.read(handle, buffer, 0, 3, 0);
  expect([new TextDecoder().decode(buffer), text(files, '/a')]).toEqual(['old', 'new']);
});

test('PackedFiles: a log cut off in a line, or while the next one is written, loses nothing else', async () => {
  const files = openDiskFiles(folder, { durable: true });
  files.writeFile('/a', 'a');
  files.becomeDurable();
  files.mkdir('/b');
  await files.syncToFs();
  const log = path.join(folder, 'journal-1');
  await truncate(log, (await readFile(log)).lastIndexOf('\n') - 2);
  const after = reopened();
  expect(after.readdir('/')).toEqual(['a']);
  after.becomeDurable();
  await truncate(path.join(folder, 'journal-0'), 20);
  expect(reopened().readdir('/')).toEqual(['a']);
});

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
  const crashed = await createPGlite({ fs: reopened() });
  expect((await crashed.query('SELECT count(*)::integer AS rows, min(n) FROM t')).rows).toEqual([
    { rows: 5001, min: -1 },
  ]);
  await crashed.close();
  expect((await readFile(path.join(folder, 'contents'))).length).toBeLessThan(55e6);
}, 90_000);

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
}, 90_000);
