import { expect, test } from 'vitest';
import type { Replica } from '../../replica/replica.ts';
import { notice } from '../../ui/notices.ts';
import { addTag, setReviewStatus } from './change-assets.ts';

const ids = Array.from({ length: 25_000 }, (_, index) => `id-${index}`);

test('addTag: names every asset once, in parts, and tells how many it changed', async () => {
  const asked: string[][] = [];
  const mutate = (async (_name: string, args: { ids: string[] }) => {
    asked.push(args.ids);
    return { changedIds: args.ids.slice(1) };
  }) as Replica['mutate'];
  await addTag({ mutate }, ids, 'hero');
  expect(asked.map((part) => part.length)).toEqual([10_000, 10_000, 5000]);
  expect(asked.flat()).toEqual(ids);
  expect(notice()).toEqual({ text: 'Added “hero” to 24,997 assets', kind: 'done' });
});

test('setReviewStatus: a part that fails stops the rest, and the notice says how far it came and why', async () => {
  let parts = 0;
  const mutate = (async (_name: string, args: { ids: string[] }) => {
    parts += 1;
    if (parts === 2) throw new Error('The disk is full.');
    return { changedIds: args.ids };
  }) as Replica['mutate'];
  await setReviewStatus({ mutate }, ids, 'approved');
  expect(parts).toBe(2);
  expect(notice()).toEqual({ text: 'Only 10,000 assets changed: The disk is full.', kind: 'failed' });
});
