import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SNAPSHOT_END } from '../wire/offset.ts';
import { ShapeLog } from './shape-log.ts';
import { STORAGE_LIMITS, Storage } from './storage.ts';
import { StoredFile } from './stored-file.ts';

let folder = '';
let storage: Storage;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shape-removal-'));
});

afterEach(async () => {
  storage.files.close();
  await rm(folder, { recursive: true, force: true });
});

test('ShapeLog.drop keeps the files it removes out of a sync that begins while it waits for a reader', async () => {
  const log = createLog();
  log.writeChunk(Buffer.from('[]'));
  log.endChunk();
  append(log, 1n);
  const reading = log.chunk(0)?.blocks()[Symbol.asyncIterator]();
  await log.drop();
  const busy = occupyFiles();

  const syncing = storage.unsynced.sync();
  await reading?.return?.();
  await expect.poll(() => existsSync(join(folder, '1-1'))).toBe(false);
  busy.end();
  await syncing;
  await storage.unsynced.sync();
});

test('ShapeLog.drop keeps the files it removes out of the sync after the one that it waits for', async () => {
  const log = createLog(1000);
  append(log, 1n);
  const first = occupyFiles();
  const syncing = storage.unsynced.sync();
  append(log, 2n);
  const dropping = log.drop();
  const next = storage.unsynced.sync();
  // Queued behind the first sync, so that the next one has to wait.
  const second = occupyFiles();
  first.end();
  await syncing;
  await dropping;
  await expect.poll(() => existsSync(join(folder, '1-1'))).toBe(false);
  second.end();
  await next;
  await storage.unsynced.sync();
});

test('ShapeLog.compact keeps the segments it removes out of a sync that begins meanwhile', async () => {
  const log = createLog();
  for (let lsn = 1n; lsn <= 3n; lsn++) append(log, lsn, 2);
  await log.compact();
  const busy = occupyFiles();
  const compacting = log.compact();
  const syncing = storage.unsynced.sync();
  await compacting;
  busy.end();
  await syncing;
  for (const number of [0, 1, 2]) {
    expect(existsSync(join(folder, '1-1', `${number}.c`))).toBe(true);
    expect(existsSync(join(folder, '1-1', String(number)))).toBe(false);
  }
  expect(log.read(SNAPSHOT_END, 1e6)).toMatchObject({ complete: true });
});

test('ShapeLog.writeChunk writes no more after ShapeLog.drop', async () => {
  const log = createLog();
  log.writeChunk(Buffer.from('['));
  const dropping = log.drop();
  expect(() => log.writeChunk(Buffer.from(']'))).toThrow('dropped');
  await dropping;
  expect(existsSync(join(folder, '1-1'))).toBe(false);
});

/** @param segmentBytes by default, a transaction of two messages fills a segment. */
function createLog(segmentBytes = 100): ShapeLog {
  storage = new Storage({ ...STORAGE_LIMITS, segmentBytes }, () => {});
  mkdirSync(join(folder, '1-1'));
  return new ShapeLog(storage, folder, '1-1', { chunks: [], segments: [] });
}

/** Appends a transaction of updates of one row, which can be merged. */
function append(log: ShapeLog, lsn: bigint, updates = 1): void {
  for (let op = 0; op < updates; op++)
    log.append(`{"headers":{"operation":"update","lsn":"${lsn}"},"key":"k","value":{"id":"1","a":"${op}"}}`, op);
  log.commit(lsn);
}

/** Uses as many files as may be used at once: until the end, every sync waits before its next file. */
function occupyFiles(): { end(): void } {
  const path = join(folder, 'busy');
  writeFileSync(path, '');
  const file = new StoredFile(path, 0);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  for (let users = 0; users < 64; users++) void storage.files.use(file, () => ended);
  return { end };
}
