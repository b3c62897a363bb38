import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SNAPSHOT_END } from '../wire/offset.ts';
import { ShapeStore } from './shape-store.ts';
import { fold, readAll, Workload, write } from './testing/test-workload.ts';

const NEVER = 2n ** 63n;
const WRITER = join(import.meta.dirname, 'testing/test-writer.ts');

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'crash-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** @returns the last LSN that the process reported before it was killed. */
async function writeUntilKilled(folder: string, compacts: boolean, newLines: number, after: bigint): Promise<bigint> {
  const child = spawn(process.execPath, [WRITER, folder, '11', String(compacts)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let told = 0n;
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    told = BigInt(line);
    if (told > after && ++lines === newLines) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return told;
}

describe('SIGKILL in the middle of writing', () => {
  test.each([
    { compacts: false, what: 'ShapeStore.open finds exactly the committed transactions' },
    { compacts: true, what: 'ShapeStore.open finds all rows, also when a compaction was interrupted' },
  ])('$what', async ({ compacts }) => {
    const folder = join(root, `killed-${compacts}`);
    let told = 0n;
    for (const newLines of [1, 60, 200]) {
      told = await writeUntilKilled(folder, compacts, newLines, told);
      const store = await ShapeStore.open(folder, { confirmedLsn: NEVER });
      const log = store.found[0]?.log;
      if (!log) throw new Error('the shape is gone');
      expect(log.lastOffset.lsn >= told).toBe(true);
      told = log.lastOffset.lsn;

      const workload = new Workload(11);
      const expected: string[] = [];
      for (let lsn = 0n; lsn < log.lastOffset.lsn; ) {
        const transaction = workload.transaction();
        lsn = transaction[0]?.offset.lsn ?? 0n;
        expected.push(...transaction.map(({ text }) => text));
      }
      const { messages } = await readAll(log, SNAPSHOT_END, () => 10_000);
      expect(fold(messages)).toEqual(fold(expected));
      if (!compacts) expect(messages).toEqual(expected);
      await store.close();
    }
    const names = await readdir(join(folder, '1-1'));
    expect(names.some((name) => name.endsWith('.c'))).toBe(compacts);
  });
});

describe('recovery after a crash', () => {
  const limits = { segmentBytes: 8_000, confirmedLsn: NEVER };

  /** Creates a finished shape of several segments, the first ones compacted. Returns its rows. */
  async function stored(folder: string): Promise<Map<string, unknown>> {
    const store = await ShapeStore.open(folder, limits);
    const log = store.create('1-1');
    await log.finish({});
    const workload = new Workload(3);
    for (let round = 0; round < 20; round++) write(log, workload.transaction());
    await log.compact();
    for (let round = 0; round < 20; round++) write(log, workload.transaction());
    const { messages } = await readAll(log, SNAPSHOT_END, () => 1000);
    await store.close();
    return fold(messages);
  }

  async function expectRows(folder: string, rows: Map<string, unknown>): Promise<void> {
    const store = await ShapeStore.open(folder, limits);
    const log = store.found[0]?.log;
    expect(log && fold((await readAll(log, SNAPSHOT_END, () => 1000)).messages)).toEqual(rows);
    await store.close();
  }

  test('ShapeStore.open cuts off a torn mark, marks without an end, and data without a mark', async () => {
    const folder = join(root, 'torn');
    const rows = await stored(folder);
    const names = (await readdir(join(folder, '1-1'))).filter((name) => /^\d+$/.test(name));
    const last = join(folder, '1-1', String(Math.max(...names.map(Number))));
    await appendFile(join(last, 'data'), '{"value":{},"key":"half a mess');
    await appendFile(join(last, 'index'), Buffer.alloc(24 + 7));
    await expectRows(folder, rows);
    await expectRows(folder, rows);
  });

  test('ShapeStore.open prefers a compacted segment over the old one, and ignores an unfinished one', async () => {
    const folder = join(root, 'leftover');
    const rows = await stored(folder);
    const shape = join(folder, '1-1');
    await cp(join(shape, '0.c'), join(shape, '0'), { recursive: true });
    await truncate(join(shape, '0', 'data'), 3);
    await mkdir(join(shape, '1.tmp'));
    await expectRows(folder, rows);
    expect(await readdir(shape)).not.toContain('0');
    expect(await readdir(shape)).not.toContain('1.tmp');
  });

  test('ShapeStore.open removes an unfinished shape, and reports an unreadable one', async () => {
    const folder = join(root, 'damaged');
    await stored(folder);
    const store = await ShapeStore.open(folder, limits);
    const unfinished = store.create('2-2');
    unfinished.writeChunk(Buffer.from('[]'));
    unfinished.endChunk();
    write(unfinished, new Workload(1).transaction());
    await store.close();
    await truncate(join(folder, '1-1', '1.c', 'data'), 10);
    await writeFile(join(folder, 'meta.json'), 'a stray file');

    const told: string[] = [];
    const again = await ShapeStore.open(folder, { ...limits, log: (message) => told.push(message) });
    expect(again.found).toEqual([]);
    expect(told.filter((message) => message.includes('1-1'))).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
    await again.close();
  });
});
