/** The filter in the address, so that it is shared with a link and survives a reload. Unknown values are left out. */
import { assetType, fileType, reviewStatus } from '@ingesthub/schema/vocabulary.ts';
import type { z } from 'zod';
import { type AssetFilter, assetSort } from '../../queries/asset-filter.ts';

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** Every parameter, absent ones as null or an empty list: what the router needs to drop the old ones. */
export interface FilterSearch extends Record<string, string | string[] | null> {
  file_type: string[];
  asset_type: string[];
  review: string[];
  tag: string[];
  text: string | null;
  sort: string | null;
  order: string | null;
}

export function parseFilter(search: Search): AssetFilter {
  return {
    fileTypes: known(fileType, search['file_type']),
    assetTypes: known(assetType, search['asset_type']),
    reviewStatuses: known(reviewStatus, search['review']),
    tags: [...new Set(list(search['tag']))].filter((tag) => tag !== ''),
    text: list(search['text'])[0] ?? '',
    sort: known(assetSort, search['sort'])[0] ?? 'name',
    descending: list(search['order'])[0] === 'descending',
  };
}

export function formatFilter(filter: AssetFilter): FilterSearch {
  return {
    file_type: filter.fileTypes,
    asset_type: filter.assetTypes,
    review: filter.reviewStatuses,
    tag: filter.tags,
    text: filter.text === '' ? null : filter.text,
    sort: filter.sort === 'name' ? null : filter.sort,
    order: filter.descending ? 'descending' : null,
  };
}

function list(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function known<Value extends string>(schema: z.ZodType<Value>, value: string | string[] | undefined): Value[] {
  const values = list(value).flatMap((text) => schema.safeParse(text).data ?? []);
  return [...new Set(values)];
}
