/** Tags of rows that keep them as a list: which of the rows have a tag, and the mutations that change them. */
import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import type { NameCount } from '../../ui/match-names.ts';

export type TaggedTable = 'projects' | 'subjects' | 'packages';

export interface TaggedRow {
  readonly id: string;
  readonly tags: readonly string[];
}

/** Returns the tags of the rows with the number of rows that have each, the most used first. */
export function countTags(rows: readonly TaggedRow[]): (NameCount & { readonly count: number })[] {
  const counts = new Map<string, number>();
  for (const { tags } of rows) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

/**
 * Returns one mutation for all rows with the same tags. Each expects those tags, so that it leaves a row alone whose tags
 * another person has changed in between.
 */
export function tagCalls(
  table: TaggedTable,
  rows: readonly TaggedRow[],
  add: readonly string[],
  remove: readonly string[],
): MutationCall[] {
  const byTags = Map.groupBy(rows, ({ tags }) => JSON.stringify(tags));
  return [...byTags.values()].flatMap((alike) => {
    const former = [...(alike[0]?.tags ?? [])];
    const tags = [...former.filter((tag) => !remove.includes(tag)), ...add.filter((tag) => !former.includes(tag))];
    if (JSON.stringify(tags) === JSON.stringify(former)) return [];
    return [
      { name: `${table}.edit`, args: { ids: alike.map(({ id }) => id), set: { tags }, expect: { tags: former } } },
    ];
  });
}
