import { expect, test } from 'vitest';
import type { Replica } from '../../../replica/model/replica.ts';
import { makeToggleTag, type ToggleTarget } from './toggle-tag.ts';

/** A target over assets that have these tags; each mutation takes a turn of the event loop. */
function target(tags: Map<string, Set<string>>): ToggleTarget {
  return {
    overlay: { during: (_change, work) => work() },
    replica: {
      async query<Row extends object>({ values }: { values: readonly unknown[] }) {
        const [tag, ids] = values as [string, string[]];
        return [{ count: ids.filter((id) => tags.get(id)?.has(tag)).length }] as unknown as Row[];
      },
      mutate: (async (_name: string, { ids, add, remove }: { ids: string[]; add: string[]; remove: string[] }) => {
        await new Promise((resolve) => setTimeout(resolve));
        for (const id of ids) {
          for (const tag of add) tags.get(id)?.add(tag);
          for (const tag of remove) tags.get(id)?.delete(tag);
        }
        return { changedIds: ids };
      }) as unknown as Replica['mutate'],
      undo: async () => null,
      redo: async () => null,
    },
  };
}

test('makeToggleTag: adds where some lack the tag, and removes where all have it', async () => {
  const tags = new Map([
    ['a', new Set(['hero'])],
    ['b', new Set<string>()],
  ]);
  const toggle = makeToggleTag(target(tags));
  await toggle('hero', Promise.resolve(['a', 'b']));
  expect([...tags.values()].map((set) => set.has('hero'))).toEqual([true, true]);
  await toggle('hero', Promise.resolve(['a', 'b']));
  expect([...tags.values()].map((set) => set.has('hero'))).toEqual([false, false]);
});

test('makeToggleTag: two quick presses add and remove again', async () => {
  const tags = new Map([['a', new Set<string>()]]);
  const toggle = makeToggleTag(target(tags));
  void toggle('hero', Promise.resolve(['a']));
  await toggle('hero', Promise.resolve(['a']));
  expect(tags.get('a')?.has('hero')).toBe(false);
});
