import { cpSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compareOffsets, formatOffset, type LogOffset, SNAPSHOT_END } from '../wire/offset.ts';
import type { ShapeLog } from './shape-log.ts';
import { ShapeStore, type ShapeStoreOptions } from './shape-store.ts';
import { bytesOf, fold, messagesOf, readAll, type TestMessage, Workload, write } from './testing/test-workload.ts';

const NEVER = 2n ** 63n;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shape-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function finishedLog(options: Partial<ShapeStoreOptions> = {}): Promise<{ store: ShapeStore; log: ShapeLog }> {
  const store = await ShapeStore.open(folder, { confirmedLsn: NEVER, ...options });
  const log = store.create('1-1');
  await log.finish({});
  return { store, log };
}

describe('ShapeLog.read', () => {
  test('ShapeLog.read divides only a transaction longer than a response, and never after op 0', async () => {
    const { log, store } = await finishedLog({ markBytes: 10 });
    log.append('{"value":{},"key":"small"}', 0);
    log.commit(5n);
    for (const op of [0, 1, 2, 3]) log.append(`{"value":{},"key":"long ${op}"}`, op);
    log.commit(9n);

    const first = log.read(SNAPSHOT_END, 40);
    expect(first?.end).toEqual({ lsn: 5n, op: 0 });
    const second = log.read({ lsn: 5n, op: 0 }, 1);
    expect(second).toMatchObject({ end: { lsn: 9n, op: 1 }, complete: false });
    const third = log.read({ lsn: 9n, op: 1 }, 1000);
    expect(third).toMatchObject({ end: { lsn: 9n, op: 3 }, complete: true });
    expect(third && (await messagesOf(third))).toEqual(['{"value":{},"key":"long 2"}', '{"value":{},"key":"long 3"}']);
    await store.close();
  });

  test('ShapeLog.read places <lsn>_0 after every transaction up to that LSN, and rejects other unknown offsets', async () => {
    const { log, store } = await finishedLog({ markBytes: 10 });
    for (const lsn of [10n, 20n]) {
      for (const op of [0, 2, 4]) log.append(`{"value":{},"key":"${lsn} ${op}"}`, op);
      log.commit(lsn);
    }
    const keys = async (offset: LogOffset) => {
      const slice = log.read(offset, 1000);
      return slice && (await messagesOf(slice)).map((text) => (JSON.parse(text) as { key: string }).key);
    };
    expect(await keys({ lsn: 0n, op: 3 })).toHaveLength(6);
    expect(await keys({ lsn: 9n, op: 0 })).toHaveLength(6);
    expect(await keys({ lsn: 10n, op: 0 })).toEqual(['20 0', '20 2', '20 4']);
    expect(await keys({ lsn: 10n, op: 2 })).toEqual(['10 4', '20 0', '20 2', '20 4']);
    expect(await keys({ lsn: 15n, op: 0 })).toEqual(['20 0', '20 2', '20 4']);
    expect(await keys({ lsn: 15n, op: 1 })).toBeNull();
    expect(await keys({ lsn: 10n, op: 3 })).toBeNull();
    expect(await keys({ lsn: 20n, op: 5 })).toBeNull();
    expect(log.read({ lsn: 20n, op: 4 }, 1)).toMatchObject({ bytes: 0, end: { lsn: 20n, op: 4 }, complete: true });
    expect(log.read({ lsn: 25n, op: 0 }, 1)).toMatchObject({ bytes: 0, end: { lsn: 25n, op: 0 }, complete: true });
    await store.close();
  });

  test('ShapeLog.read shows nothing of a transaction that is open or was rolled back', async () => {
    const { log, store } = await finishedLog();
    const large = `{"value":{"a":"${'x'.repeat(300_000)}"},"key":"k"}`;
    log.append(large, 0);
    expect(log.read(SNAPSHOT_END, 1)).toMatchObject({ bytes: 0, complete: true });
    log.rollback();
    log.commit(3n);
    expect(log.lastOffset).toEqual(SNAPSHOT_END);
    log.append('{"value":{},"key":"kept"}', 0);
    log.commit(4n);
    expect((await readAll(log, SNAPSHOT_END, () => 1)).messages).toEqual(['{"value":{},"key":"kept"}']);
    await store.close();
  });
});

test('ShapeLog.chunk returns each chunk as written, even after a restart', async () => {
  const { log, store } = await finishedLog();
  expect(log.chunk(0)).toBeNull();
  const second = store.create('2-2');
  const body = Buffer.from(`[{"value":{"a":"${'y'.repeat(600_000)}"}}]`);
  second.writeChunk(body.subarray(0, 10));
  second.writeChunk(body.subarray(10));
  expect(second.chunk(0)).toBeNull();
  second.endChunk();
  second.writeChunk(Buffer.from('[]'));
  second.endChunk();
  await second.finish({ table: 'rows' });
  await store.close();

  const again = await ShapeStore.open(folder, { confirmedLsn: 0n });
  const found = again.found.find(({ handle }) => handle === '2-2');
  expect(found).toMatchObject({ meta: { table: 'rows' }, log: { chunkCount: 2, snapshotBytes: body.length + 2 } });
  const slice = found?.log.chunk(0);
  expect(slice && (await bytesOf(slice)).equals(body)).toBe(true);
  expect(found?.log.chunk(1)).toMatchObject({ bytes: 2, end: { lsn: 0n, op: 1 } });
  await again.close();
});

test('ShapeLog.drop lets a reader finish its slice, and then frees the disk', async () => {
  const { log, store } = await finishedLog();
  for (const op of [0, 1, 2]) log.append(`{"value":{"a":"${'z'.repeat(300_000)}"},"key":"${op}"}`, op);
  log.commit(1n);
  const slice = log.read(SNAPSHOT_END, 1e9);
  const blocks = slice?.blocks()[Symbol.asyncIterator]();
  const first = await blocks?.next();
  await log.drop();
  expect(log.read(SNAPSHOT_END, 1)).toBeNull();
  let bytes = first?.value?.length ?? 0;
  for (let next = await blocks?.next(); next && !next.done; next = await blocks?.next()) bytes += next.value.length;
  expect(bytes).toBe(slice?.bytes);
  await expect.poll(() => existsSync(join(folder, '1-1'))).toBe(false);
  await store.close();
});

describe('a random workload compared with a list in memory', () => {
  const limits = { segmentBytes: 15_000, markBytes: 900, cacheBytes: 20_000 };

  test.each([1, 2, 3])(
    'ShapeLog contains exactly the committed transactions across restarts that cut it back (seed %i)',
    async (seed) => {
      const workload = new Workload(seed);
      let { store, log } = await finishedLog(limits);
      let model: TestMessage[][] = [];
      let given: LogOffset[] = [SNAPSHOT_END];
      const budget = () => 1 + workload.upTo(4_000);

      for (let round = 0; round < 90; round++) {
        const transaction = workload.transaction();
        if (workload.random() < 0.1) {
          for (const { text, offset } of transaction.slice(1)) log.append(Buffer.from(text), offset.op);
          log.rollback();
        } else {
          write(log, transaction);
          model.push(transaction);
        }
        if (workload.random() < 0.05) {
          const confirmedLsn = model[workload.upTo(model.length)]?.[0]?.offset.lsn ?? 0n;
          await store.close();
          store = await ShapeStore.open(folder, { ...limits, confirmedLsn });
          log = store.found[0]?.log as ShapeLog;
          expect(log.lastOffset.lsn < confirmedLsn).toBe(true);
          model = model.filter(([first]) => first && first.offset.lsn < confirmedLsn);
          given = given.filter((offset) => offset.lsn < confirmedLsn);
        }
        const after = given[workload.upTo(given.length)] ?? SNAPSHOT_END;
        given.push(...(await expectTrue(after)));
      }
      for (const after of distinct(given)) await expectTrue(after);
      await store.close();

      async function expectTrue(after: LogOffset): Promise<LogOffset[]> {
        const { messages, ends } = await readAll(log, after, budget);
        const expected = model.flat().filter(({ offset }) => after.lsn === 0n || compareOffsets(offset, after) > 0);
        expect(messages).toEqual(expected.map(({ text }) => text));
        return ends;
      }
    },
  );

  test.each([4, 5])(
    'ShapeLog.compact leads to the same rows from every offset, restarts or not (seed %i)',
    async (seed) => {
      const workload = new Workload(seed);
      let { store, log } = await finishedLog(limits);
      const model: TestMessage[][] = [];
      let given: LogOffset[] = [SNAPSHOT_END];
      let merged = false;
      const budget = () => 1 + workload.upTo(4_000);

      for (let round = 0; round < 90; round++) {
        const transaction = workload.transaction();
        write(log, transaction);
        model.push(transaction);
        if (workload.random() < 0.1) {
          await log.compact();
          merged ||= log.changeBytes < model.flat().reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
        }
        if (workload.random() < 0.05) await restart();
        const after = given[workload.upTo(given.length)] ?? SNAPSHOT_END;
        given.push(...(await expectSameRows(after)));
      }
      for (const after of distinct(given)) await expectSameRows(after);
      expectLastFlags((await readAll(log, SNAPSHOT_END, budget)).messages);
      expect(merged).toBe(true);
      await store.close();

      /** Postgres resends unconfirmed transactions. */
      async function restart(): Promise<void> {
        const place = workload.upTo(model.length);
        await store.close();
        store = await ShapeStore.open(folder, { ...limits, confirmedLsn: model[place]?.[0]?.offset.lsn ?? 0n });
        log = store.found[0]?.log as ShapeLog;
        for (const transaction of model.slice(place)) write(log, transaction);
        given = given.filter((offset) => offset.lsn === 0n || log.read(offset, 1) !== null);
        expect(given.length).toBeGreaterThan(1);
      }

      async function expectSameRows(after: LogOffset): Promise<LogOffset[]> {
        const { messages, ends } = await readAll(log, after, budget);
        const all = model.flat();
        const had = all.filter(({ offset }) => after.lsn !== 0n && compareOffsets(offset, after) <= 0);
        const rows = fold(had.map(({ text }) => text));
        expect(fold(messages, rows)).toEqual(fold(all.map(({ text }) => text)));
        return ends;
      }
    },
  );
});

function distinct(offsets: readonly LogOffset[]): LogOffset[] {
  return [...new Map(offsets.map((offset) => [formatOffset(offset), offset])).values()];
}

/** Expects exactly the last remaining message of each transaction to be marked as last. */
function expectLastFlags(messages: readonly string[]): void {
  const headers = messages.map((text) => (JSON.parse(text) as { headers: { lsn: string; last?: true } }).headers);
  for (const [index, { lsn, last }] of headers.entries())
    expect(last === true, `message ${index}`).toBe(headers[index + 1]?.lsn !== lsn);
}

test('ShapeLog.drop: a kill right afterwards leaves neither the shape nor one that was being finished', async () => {
  const store = await ShapeStore.open(folder, { confirmedLsn: 0n });
  const [ready, unfinished] = [store.create('1-1'), store.create('1-2')];
  for (const log of [ready, unfinished]) {
    log.writeChunk(Buffer.from('[]'));
    log.endChunk();
  }
  await ready.finish({});
  const finishing = unfinished.finish({});
  const dropping = [ready.drop(), unfinished.drop()];
  // The state after a SIGKILL in this very tick.
  const copy = await mkdtemp(join(tmpdir(), 'dropped-'));
  cpSync(folder, copy, { recursive: true });
  await expect(finishing).rejects.toThrow('dropped before it was finished');
  await Promise.all(dropping);
  await store.close();
  const again = await ShapeStore.open(copy, { confirmedLsn: 1n });
  expect(again.found).toEqual([]);
  await again.close();
  await rm(copy, { recursive: true });
});
