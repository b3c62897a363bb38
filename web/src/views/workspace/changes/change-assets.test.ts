import { expect, test } from 'vitest';
import type { MutateOptions, Replica } from '../../../replica/model/replica.ts';
import { notice } from '../../../ui/notices.ts';
import { addTag, review } from './asset-changes.ts';
import { type ChangeTarget, changeAssets } from './change-assets.ts';

const ids = Array.from({ length: 25_000 }, (_, index) => `id-${index}`);

/** A target without an overlay of pending changes, which these tests do not cover. */
function target(mutate: (part: string[], options: MutateOptions | undefined) => string[]): ChangeTarget {
  return {
    overlay: { during: (_change, work) => work() },
    replica: {
      mutate: (async (_name: string, args: { ids: string[] }, options?: MutateOptions) => ({
        changedIds: mutate(args.ids, options),
      })) as Replica['mutate'],
      undo: async () => null,
      redo: async () => null,
    },
  };
}

test('changeAssets: names every asset once, in parts of a single undo step, and offers undo', async () => {
  const asked: string[][] = [];
  const steps = new Set<MutateOptions | undefined>();
  await changeAssets(
    target((part, options) => {
      asked.push(part);
      steps.add(options);
      return part.slice(1);
    }),
    ids,
    addTag('hero'),
  );
  expect(asked.map((part) => part.length)).toEqual([10_000, 10_000, 5000]);
  expect(asked.flat()).toEqual(ids);
  expect([...steps]).toEqual([{ step: expect.any(String), label: 'Add tag “hero” to 25,000 assets' }]);
  expect(notice()).toMatchObject({
    text: 'Added “hero” to 24,997 assets',
    kind: 'done',
    action: { label: 'Undo' },
  });
});

test('changeAssets: stops at a failing part, and reports how far it came and why', async () => {
  let parts = 0;
  await changeAssets(
    target((part) => {
      parts += 1;
      if (parts === 2) throw new Error('The disk is full.');
      return part;
    }),
    ids,
    review('approved'),
  );
  expect(parts).toBe(2);
  expect(notice()).toEqual({ text: 'Only 10,000 assets changed: The disk is full.', kind: 'failed' });
});
