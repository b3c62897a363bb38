/** The counts that come with a list. */
import type { MirroredList } from '../replica/model/mirror-questions.ts';
import type { FacetName } from './asset-question.ts';
import type { CountedName } from './query/complete-query.ts';
import { keyName, type QueryNames } from './query/query-keys.ts';

/** The part of a list’s answer beside its order; null before the first answer. */
export type ListCounts = Pick<MirroredList, 'facets' | 'histograms' | 'pose'> | null;

/** Returns the number of assets for each value of a facet; null is the unknown one. */
export function countsOf(counts: ListCounts, facet: FacetName): ReadonlyMap<string | null, number> {
  return new Map(counts?.facets[facet]?.map(({ value, count }) => [value, count]));
}

/** Returns the tags of a list's assets, the most used first. */
export function tagsIn(counts: ListCounts): CountedName[] {
  const tags = (counts?.facets['tag'] ?? []).map(({ value, count }) => ({ name: value ?? '', count }));
  return tags.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** The keys of the query field whose values are counted. */
const counted: readonly FacetName[] = ['tag', 'status', 'type', 'asset', 'subject', 'package', 'camera'];

/** Returns the values of a key of the query field among a list's assets; the unknown one is `none`. */
export function queryValues(key: string, counts: ListCounts, { subjects, packages }: QueryNames): CountedName[] {
  const facet = counted.find((name) => name === keyName(key));
  if (facet === undefined) return [];
  const named = { subject: subjects, package: packages }[facet as string];
  const nameOf = (value: string) => (named ? (named.find(({ id }) => id === value)?.name ?? null) : value);
  return [...countsOf(counts, facet)].flatMap(([value, count]) => {
    const name = value === null ? 'none' : nameOf(value);
    return name === null || count === 0 ? [] : [{ name, count }];
  });
}
