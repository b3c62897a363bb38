import { expect, test } from 'vitest';
import { WorkInProgress } from './work-in-progress.ts';

test('WorkInProgress ends the work of a held package, and no other', async () => {
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

test('WorkInProgress does not start work that another job of the same kind is doing', async () => {
  const work = new WorkInProgress();
  const ended = Promise.withResolvers<void>();
  const first = work.claiming('video', ['a', 'b'], async (ids) => {
    await ended.promise;
    return ids;
  });
  const now = async (ids: readonly string[]) => ids;
  expect(await work.claiming('video', ['b', 'c'], now)).toEqual(['c']);
  expect(await work.claiming('probe', ['b'], now)).toEqual(['b']);
  ended.resolve();
  expect(await first).toEqual(['a', 'b']);
  expect(await work.claiming('video', ['b'], now)).toEqual(['b']);
});
