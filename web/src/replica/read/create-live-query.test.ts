import { createRoot, createSignal } from 'solid-js';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createListeners } from '../model/listeners.ts';
import type { Replica, ReplicaChange } from '../model/replica.ts';
import { createLiveQuery, type LiveQuery, type LiveQueryInput } from './create-live-query.ts';

interface Row {
  id: number;
  name: string;
}

const frames: (() => void)[] = [];
const frame = () => {
  for (const callback of frames.splice(0)) callback();
};
beforeAll(() => {
  // Node paints nothing: the test triggers each frame.
  globalThis.requestAnimationFrame = (callback) => frames.push(() => callback(0));
  globalThis.cancelAnimationFrame = (handle) => {
    frames[handle - 1] = () => {};
  };
});
afterAll(() => {
  Reflect.deleteProperty(globalThis, 'requestAnimationFrame');
  Reflect.deleteProperty(globalThis, 'cancelAnimationFrame');
});

const disposals: (() => void)[] = [];
afterEach(() => {
  for (const dispose of disposals.splice(0)) dispose();
  frames.length = 0;
});

/** Creates a live query whose answers the test supplies. */
function open(first: LiveQueryInput | null) {
  const asked: { text: string; answer: (rows: Row[]) => void; fail: (error: Error) => void }[] = [];
  const changes = createListeners<ReplicaChange>();
  const replica = {
    onChange: changes.listen,
    query: ({ text }: { text: string }) =>
      new Promise<Row[]>((answer, fail) => {
        asked.push({ text, answer, fail });
      }),
  } as Partial<Replica> as Replica;
  return createRoot((dispose) => {
    disposals.push(dispose);
    const [input, setInput] = createSignal(first);
    const rows: LiveQuery<Row> = createLiveQuery<Row>(replica, input);
    const change = (...tables: string[]) =>
      changes.tell({ tables: new Map(tables.map((table) => [table, { packages: null, columns: null }])) });
    return { rows, asked, change, setInput, dispose };
  });
}

function input(text: string): LiveQueryInput {
  return { statement: { text, values: [] }, reads: [{ table: 'assets' }] };
}
const settled = () => new Promise(setImmediate);

test('createLiveQuery: runs at once, and again when its tables change, at most once per frame', async () => {
  const { rows, asked, change } = open(input('a'));
  expect([rows.loading, asked.length]).toEqual([true, 1]);
  asked[0]?.answer([{ id: 1, name: 'one' }]);
  await settled();
  expect([rows(), rows.loading]).toEqual([[{ id: 1, name: 'one' }], false]);

  change('runs');
  frame();
  expect(asked).toHaveLength(1);
  change('assets');
  expect([asked.length, rows.loading]).toEqual([2, false]);
  asked[1]?.answer([{ id: 1, name: 'one' }]);
  await settled();
  change('assets');
  change('assets', 'runs');
  expect(asked).toHaveLength(2);
  frame();
  expect(asked).toHaveLength(3);
});

test('createLiveQuery: never runs twice at once; a change during a run leads to one more run', async () => {
  const { rows, asked, change } = open(input('a'));
  change('assets');
  change('assets');
  frame();
  expect(asked).toHaveLength(1);
  asked[0]?.answer([{ id: 1, name: 'one' }]);
  await settled();
  frame();
  expect([asked.length, rows()]).toEqual([2, [{ id: 1, name: 'one' }]]);
});

test('createLiveQuery: drops an answer to previous inputs, and keeps the rows until the new ones arrive', async () => {
  const { rows, asked, setInput } = open(input('a'));
  asked[0]?.answer([{ id: 1, name: 'one' }]);
  await settled();
  setInput(input('b'));
  frame();
  setInput(input('c'));
  asked[1]?.answer([{ id: 2, name: 'of b' }]);
  await settled();
  frame();
  expect([rows(), rows.loading, asked[2]?.text]).toEqual([[{ id: 1, name: 'one' }], true, 'c']);
  asked[2]?.answer([{ id: 3, name: 'of c' }]);
  await settled();
  expect([rows(), rows.loading]).toEqual([[{ id: 3, name: 'of c' }], false]);
});

test('createLiveQuery: keeps an unchanged row the same object', async () => {
  const { rows, asked, change } = open(input('a'));
  asked[0]?.answer([{ id: 1, name: 'one' }]);
  await settled();
  const [before] = rows();
  change('assets');
  frame();
  asked[1]?.answer([
    { id: 2, name: 'two' },
    { id: 1, name: 'one' },
  ]);
  await settled();
  expect(rows()).toHaveLength(2);
  expect(rows()[1]).toBe(before);
});

test('createLiveQuery: reports an error and keeps the rows; the next run clears it', async () => {
  const { rows, asked, change } = open(input('a'));
  asked[0]?.answer([{ id: 1, name: 'one' }]);
  await settled();
  change('assets');
  frame();
  asked[1]?.fail(new Error('out of memory'));
  await settled();
  expect([rows.error?.message, rows().length]).toEqual(['out of memory', 1]);
  change('assets');
  frame();
  asked[2]?.answer([]);
  await settled();
  expect([rows.error, rows()]).toEqual([null, []]);
});

test('createLiveQuery: runs nothing for a null input or after disposal', () => {
  const { rows, asked, change, setInput, dispose } = open(null);
  expect([rows(), rows.loading, asked.length]).toEqual([[], false, 0]);
  setInput(input('a'));
  expect(asked).toHaveLength(1);
  dispose();
  change('assets');
  frame();
  expect(asked).toHaveLength(1);
});
