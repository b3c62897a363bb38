import { type Mutation, mutationArgs } from '@ingesthub/schema/mutations/mutations.ts';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { argsBytes, halveMutation, splitMutation } from './split-mutation.ts';

const review = (count: number) =>
  ({
    id: uuid(),
    name: 'assets.review',
    args: { ids: Array.from({ length: count }, () => uuid()), review_status: 'approved' },
  }) as const;

test('splitMutation: keeps each id once and in order, in parts of which two fit into nginx’s megabyte', () => {
  const whole = review(100_000);
  const parts = splitMutation(whole);
  expect(parts.flatMap(({ args }) => args.ids)).toEqual(whole.args.ids);
  expect(Math.max(...parts.map(({ args }) => argsBytes(JSON.stringify(args))))).toBeLessThanOrEqual(400_000);
  expect(parts.length).toBeLessThan(12);
  expect(parts[0]?.id).toBe(whole.id);
  expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
  for (const { args } of parts) expect(mutationArgs['assets.review'].safeParse(args).success).toBe(true);
});

test('splitMutation: does not split ten thousand assets, or a mutation that cannot be split', () => {
  const { ids } = review(10_000).args;
  const tagged: Mutation = { id: uuid(), name: 'assets.tag', args: { ids, add: ['hero'], remove: [] } };
  expect(splitMutation(tagged)).toEqual([tagged]);
  const notes = 'x'.repeat(20_000);
  const set = { name: 'A', type: 'vfx', notes } as const;
  const created: Mutation = { id: uuid(), name: 'projects.create', args: { ids: [uuid()], set } };
  expect(splitMutation(created, 1000)).toEqual([created]);
  expect(halveMutation(created)).toBeNull();
  expect(halveMutation(review(1))).toBeNull();
});

test('splitMutation: counts the other arguments of each part, and ends even when they alone are too large', () => {
  const ids = Array.from({ length: 30 }, () => uuid());
  const edit = { id: uuid(), name: 'projects.edit', args: { ids, set: { notes: 'ü'.repeat(2000) } } } as const;
  const parts = splitMutation(edit, 4400);
  expect(parts.length).toBeGreaterThan(1);
  for (const { args } of parts) expect(argsBytes(JSON.stringify(args))).toBeLessThanOrEqual(4400);
  expect(splitMutation(edit, 2000)).toHaveLength(30);
});
