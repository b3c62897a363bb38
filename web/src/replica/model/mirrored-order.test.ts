import { expect, test } from 'vitest';
import { ListedIds } from './listed-ids.ts';
import type { MirrorReply } from './mirror-questions.ts';
import { createMirroredLists } from './mirrored-lists.ts';
import { IdTable, MirroredOrder } from './mirrored-order.ts';
import { writeUuid } from './uuid-bytes.ts';

const ids = Array.from({ length: 5 }, (_, index) => `01900000-0000-7000-8000-00000000000${index}`);
const [a = '', b = '', c = ''] = ids;

function bytesOf(list: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(list.length * 16);
  for (const [row, id] of list.entries()) writeUuid(bytes.subarray(row * 16), id);
  return bytes;
}
function tableOf(list: readonly string[]): IdTable {
  const table = new IdTable('g');
  table.add(0, bytesOf(list));
  return table;
}

test('MirroredOrder: looks ids up both ways', () => {
  const order = new MirroredOrder(Uint32Array.of(2, 0), tableOf(ids));
  expect([order.length, order.at(0), order.at(1), order.at(2), order.at(-1)]).toEqual([2, c, a, undefined, undefined]);
  expect([order.indexOf(c), order.indexOf(a), order.indexOf(b), order.indexOf('none')]).toEqual([0, 1, -1, -1]);
  expect([order.slice(-3, 1), order.slice(1, 9)]).toEqual([[c], [a]]);
});

test('MirroredOrder: equals an order of the same ids, however they are held', () => {
  const table = tableOf(ids);
  const order = new MirroredOrder(Uint32Array.of(2, 0), table);
  expect(order.equals(new MirroredOrder(Uint32Array.of(2, 0), table))).toBe(true);
  expect(order.equals(new MirroredOrder(Uint32Array.of(0, 2), table))).toBe(false);
  expect(order.equals(new MirroredOrder(Uint32Array.of(1, 0), tableOf([a, c])))).toBe(true);
  expect([order.equals(new ListedIds([c, a])), new ListedIds([c, a]).equals(order)]).toEqual([true, true]);
});

test('IdTable: takes rows that it knows again, and refuses to leave some out', () => {
  const table = tableOf(ids.slice(0, 2));
  table.add(1, bytesOf(ids.slice(1)));
  expect([table.rows, ids.map((_, row) => table.format(row))]).toEqual([5, ids]);
  table.add(0, bytesOf(ids.slice(0, 1)));
  expect(table.rows).toBe(5);
  expect(() => table.add(6, bytesOf([a]))).toThrow(RangeError);
});

test('createMirroredLists: asks only for ids that it does not know, and begins again with a new generation', async () => {
  const asked: unknown[] = [];
  const replies: (MirrorReply | null)[] = [];
  const lists = createMirroredLists(async (_question, _asker, known) => {
    asked.push(known);
    return replies.shift() ?? null;
  });
  const reply = (generation: string, from: number, rows: string[], order: number[]): MirrorReply => ({
    answer: { version: 1, order: Uint32Array.from(order), sections: [], facets: {}, histograms: {}, pose: null },
    generation,
    from,
    ids: bytesOf(rows),
  });
  replies.push(reply('g', 0, [a, b], [1]), reply('g', 2, [c], [2, 0]), null, reply('h', 0, [c], [0]));
  const question = { scope: { kind: 'library' }, where: {}, sort: { by: 'name', descending: false } } as const;
  const first = await lists(question, 'list');
  const second = await lists(question, 'list');
  expect(await lists(question, 'list')).toBeNull();
  const third = await lists(question, 'list');
  expect([first, second, third].map((list) => list?.order.slice(0, 9))).toEqual([[b], [c, a], [c]]);
  expect(asked).toEqual([
    null,
    { generation: 'g', rows: 2 },
    { generation: 'g', rows: 3 },
    { generation: 'g', rows: 3 },
  ]);
});
