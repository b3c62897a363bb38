import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDiskFiles } from './disk-files.ts';
import type { PackedFiles } from './packed-files.ts';

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

test('PackedFiles: after a crash, gives no block to a second file where removed files had it before', async () => {
  const files = openDiskFiles(folder, { durable: false });
  const blocks = (count: number, letter: string) => letter.repeat(count * 8192);
  files.writeFile('/room', blocks(10, 'r'));
  files.unlink('/room');
  files.becomeDurable();
  files.writeFile('/a', blocks(4, 'a'));
  files.writeFile('/b', blocks(2, 'b'));
  files.unlink('/a');
  files.unlink('/b');
  await files.syncToFs();
  files.writeFile('/kept', blocks(10, 'k'));
  await files.syncToFs();
  const after = reopened();
  after.writeFile('/next', blocks(4, 'n'));
  expect([text(after, '/kept'), text(after, '/next')]).toEqual([blocks(10, 'k'), blocks(4, 'n')]);
});

test('PackedFiles: opens after a crash although a removed file went on growing while it was open', async () => {
  const files = openDiskFiles(folder, { durable: true });
  files.writeFile('/removed', 'r');
  const handle = files.open('/removed');
  files.unlink('/removed');
  // The log's next tree does not have the file.
  files.becomeDurable();
  files.write(handle, new TextEncoder().encode('more'.repeat(5000)), 0, 20_000, 1);
  files.writeFile('/kept', 'kept');
  await files.syncToFs();
  expect(text(reopened(), '/kept')).toBe('kept');
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
