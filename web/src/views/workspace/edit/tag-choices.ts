/** Which tags a person adds to several assets and removes from them, before anything is changed. */
import type { TagCountRow } from '../../../queries/tag-counts.ts';

export interface TagChoices {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export const noTagChoices: TagChoices = { add: [], remove: [] };

export interface TagState {
  readonly name: string;
  /** Assets that have the tag now. */
  readonly count: number;
  /** After the change: on all, on some, on none. */
  readonly on: 'all' | 'some' | 'none';
  readonly changed: boolean;
}

/** Returns the tags in their order: those in use, then new ones. @param assets the number of assets. */
export function tagStates(tags: readonly TagCountRow[], assets: number, { add, remove }: TagChoices): TagState[] {
  const known = new Set(tags.map(({ name }) => name));
  const all = [...tags, ...add.filter((name) => !known.has(name)).map((name) => ({ name, count: 0 }))];
  return all.map(({ name, count }) => {
    const before = count === 0 ? 'none' : count >= assets ? 'all' : 'some';
    const on = add.includes(name) ? 'all' : remove.includes(name) ? 'none' : before;
    return { name, count, on, changed: on !== before };
  });
}

/** Turns a tag to its next state: some, all, none and back to some; a tag that all or none have has only two. */
export function turnTag(tag: TagState, choices: TagChoices): TagChoices {
  const without = {
    add: choices.add.filter((name) => name !== tag.name),
    remove: choices.remove.filter((name) => name !== tag.name),
  };
  if (tag.on === 'some') return { ...without, add: [...without.add, tag.name] };
  if (tag.on === 'none') return without;
  // A new tag that is turned off again is forgotten.
  return tag.count === 0 ? without : { ...without, remove: [...without.remove, tag.name] };
}
