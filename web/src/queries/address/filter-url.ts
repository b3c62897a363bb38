/** Keeps the filter in the address, so that links share it and a reload keeps it. Unknown values are ignored. */
import { type AssetFilter, assetSort } from '../asset-filter.ts';
import { joinParts } from '../query/edit-query.ts';
import type { QueryNames } from '../query/query-keys.ts';
import { legacyParameters, legacyText } from './legacy-filter.ts';
import { list, type Search } from './search-values.ts';

/** All parameters, absent ones as null, as the router needs to drop previous values. */
export type FilterSearch = Record<'q' | 'sort' | 'order' | (typeof legacyParameters)[number], string | null>;

/** @param names of the subjects that an address of an earlier version has by their ids. */
export function parseFilter(search: Search, names: Pick<QueryNames, 'subjects'> = { subjects: [] }): AssetFilter {
  const former = legacyText(search, names);
  const written = list(search['q'])[0] ?? '';
  return {
    text: former === '' ? written : joinParts(former, written),
    sort: assetSort.safeParse(list(search['sort'])[0]).data ?? 'name',
    descending: list(search['order'])[0] === 'descending',
  };
}

export function formatFilter({ text, sort, descending }: AssetFilter): FilterSearch {
  const none = Object.fromEntries(legacyParameters.map((name) => [name, null])) as FilterSearch;
  return {
    ...none,
    q: text.trim() === '' ? null : text,
    sort: sort === 'name' ? null : sort,
    order: descending ? 'descending' : null,
  };
}

/** Returns the filter as the end of an address: '?q=…', or nothing. */
export function filterQuery(filter: AssetFilter): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(formatFilter(filter))) if (value !== null) search.set(name, value);
  return search.size === 0 ? '' : `?${search}`;
}

/** Whether an address has parts that only earlier versions wrote. */
export function isLegacy(search: Search): boolean {
  return legacyParameters.some((name) => search[name] !== undefined);
}
