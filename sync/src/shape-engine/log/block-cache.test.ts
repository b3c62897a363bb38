import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SNAPSHOT_END } from '../wire/offset.ts';
import { BLOCK_BYTES, BlockCache } from './block-cache.ts';
import { OpenFiles } from './open-files.ts';
import { ShapeStore } from './shape-store.ts';
import { StoredFile } from './stored-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'block-cache-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('BlockCache reads each block once for a thousand readers of a slice, which share the bytes', async () => {
  const store = await ShapeStore.open(join(folder, 'store'), { confirmedLsn: 0n });
  const log = store.create('1-1');
  for (let op = 0; op < 100; op++) log.append(`{"value":{"a":"${'x'.repeat(10_000)}"},"key":"${op}"}`, op);
  log.commit(1n);
  const read = async () => {
    const slice = log.read(SNAPSHOT_END, 1e9);
    const blocks: Buffer[] = [];
    for await (const block of slice?.blocks() ?? []) blocks.push(block);
    return blocks;
  };
  const [first = [], ...others] = await Promise.all(Array.from({ length: 1000 }, read));
  expect(store.reads).toBe(Math.ceil(log.changeBytes / BLOCK_BYTES));
  for (const blocks of others) {
    expect(blocks.map(({ buffer }) => buffer)).toEqual(first.map(({ buffer }) => buffer));
    expect(blocks.every(({ buffer }, index) => buffer === first[index]?.buffer)).toBe(true);
  }
  expect(Math.max(...first.map(({ length }) => length))).toBe(BLOCK_BYTES);
  await store.close();
});

test('BlockCache.get never returns less of a growing file than requested, and reads only new bytes', async () => {
  const path = join(folder, 'growing');
  await writeFile(path, '');
  const handle = await open(path, 'r+');
  const file = new StoredFile(path, 0);
  const files = new OpenFiles();
  const cache = new BlockCache(files, 10 * BLOCK_BYTES);
  let text = '';
  const held: { view: Buffer; expected: string }[] = [];
  for (let round = 0; round < 200; round++) {
    const piece = `${round},`.repeat(1 + (round % 7) * 100);
    await handle.write(piece, text.length);
    text += piece;
    file.size = text.length;
    const start = Math.floor((text.length - 1) / BLOCK_BYTES) * BLOCK_BYTES;
    const views = await Promise.all([1, 2].map(() => cache.get(file, start / BLOCK_BYTES, text.length - start)));
    for (const view of views) held.push({ view, expected: text.slice(start) });
  }
  for (const { view, expected } of held) expect(view.toString() === expected).toBe(true);
  expect(cache.reads).toBeLessThanOrEqual(202);
  await handle.close();
  files.close();
});

test('BlockCache keeps to its limit, and rereads evicted blocks', async () => {
  const path = join(folder, 'large');
  const content = Buffer.alloc(6 * BLOCK_BYTES);
  for (let index = 0; index < 6; index++) content.fill(65 + index, index * BLOCK_BYTES);
  await writeFile(path, content);
  const file = new StoredFile(path, content.length);
  const files = new OpenFiles();
  const cache = new BlockCache(files, 3 * BLOCK_BYTES);
  for (const index of [0, 1, 2, 0, 3, 0]) {
    expect((await cache.get(file, index, BLOCK_BYTES))[0]).toBe(65 + index);
    expect(cache.bytes).toBeLessThanOrEqual(3 * BLOCK_BYTES);
  }
  expect(cache.reads).toBe(4);
  await cache.get(file, 1, BLOCK_BYTES);
  expect(cache.reads).toBe(5);
  cache.forget(file);
  expect(cache.bytes).toBe(0);
  files.close();
});

test('BlockCache.get fails for all readers of a truncated file, and works once the file is restored', async () => {
  const path = join(folder, 'short');
  await writeFile(path, 'abc');
  const file = new StoredFile(path, 6);
  const files = new OpenFiles();
  const cache = new BlockCache(files, BLOCK_BYTES);
  const results = await Promise.allSettled([cache.get(file, 0, 6), cache.get(file, 0, 6)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await writeFile(path, 'abcdef');
  expect(String(await cache.get(file, 0, 6))).toBe('abcdef');
  files.close();
});

test('a reader that keeps up with a log finds each transaction in memory, equal to the file', async () => {
  const store = await ShapeStore.open(join(folder, 'kept-up'), { confirmedLsn: 0n });
  const log = store.create('1-1');
  let at = SNAPSHOT_END;
  const readOn = async () => {
    const slice = log.read(at, 1e9);
    if (!slice) throw new Error(`no reader was ever at ${at.lsn}_${at.op}`);
    at = slice.end;
    const blocks: Buffer[] = [];
    for await (const block of slice.blocks()) blocks.push(Buffer.from(block));
    return Buffer.concat(blocks).toString();
  };
  const message = (round: number, size: number) => `{"value":{"a":"${'x'.repeat(size)}"},"key":"${round}"}`;
  let [lsn, told] = [0n, ''];
  const write = async (...sizes: number[]) => {
    const messages = sizes.map((size) => message(Number(lsn), size));
    messages.forEach((text, op) => {
      log.append(text, op * 2);
    });
    log.commit(++lsn);
    const news = await readOn();
    expect(news === messages.join(',')).toBe(true);
    told += `${told === '' ? '' : ','}${news}`;
  };
  await write(10);
  const { reads } = store;
  for (let round = 0; round < 100; round++) {
    await write(100, round * 20);
    // Rolled back bytes must never reach a reader.
    log.append(message(-1, 50), 0);
    log.rollback();
  }
  expect(store.reads).toBe(reads);
  // Longer than the buffer in memory, and past the end of a block.
  for (let round = 0; round < 5; round++) await write(BLOCK_BYTES - 20, 10, 2 * BLOCK_BYTES, 1000);
  at = SNAPSHOT_END;
  expect((await readOn()) === told).toBe(true);
  await store.close();
});
