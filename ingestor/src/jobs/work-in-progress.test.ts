import { expect, test } from 'vitest';
import { WorkInProgress } from './work-in-progress.ts';

test('WorkInProgress: holding a package ends its work, and no other’s', async () => {
  const work = new WorkInProgress();
  const ended = Promise.withResolvers<void>();
  const begin = (name: string) =>
    work.during(name, async (held) => {
      await Promise.race([
        ended.promise,
        new Promise((resolve) => held.addEventListener('abort', resolve, { once: true })),
      ]);
      return held.aborted;
    });
  const [a, alsoA, b] = [begin('a'), begin('a'), begin('b')];
  expect(work.packages()).toEqual(['a', 'b']);
  work.hold('a');
  expect(await Promise.all([a, alsoA])).toEqual([true, true]);
  expect(work.packages()).toEqual(['b']);
  ended.resolve();
  expect(await b).toBe(false);
  expect(work.packages()).toEqual([]);
});
