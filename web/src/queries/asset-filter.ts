/** What a person asked to see of a package, and the SQL condition that says it. */
import { assetType, fileType, reviewStatus } from '@ingesthub/schema/vocabulary.ts';
import { z } from 'zod';

export const assetSort = z.enum(['name', 'date', 'size', 'duration']);
export type AssetSort = z.infer<typeof assetSort>;

/** Values of one list are alternatives, except tags: an asset has them all. An empty list asks nothing. */
export const assetFilter = z.object({
  fileTypes: z.array(fileType),
  assetTypes: z.array(assetType),
  reviewStatuses: z.array(reviewStatus),
  tags: z.array(z.string()),
  /** A part of the relative path, which ends with the name; upper and lower case are the same. */
  text: z.string(),
  sort: assetSort,
  descending: z.boolean(),
});
export type AssetFilter = z.infer<typeof assetFilter>;

export const emptyAssetFilter: AssetFilter = {
  fileTypes: [],
  assetTypes: [],
  reviewStatuses: [],
  tags: [],
  text: '',
  sort: 'name',
  descending: false,
};

/** Whether the filter leaves assets out; the sort does not. */
export function isFiltering(filter: AssetFilter): boolean {
  const { fileTypes, assetTypes, reviewStatuses, tags, text } = filter;
  return fileTypes.length + assetTypes.length + reviewStatuses.length + tags.length + text.length > 0;
}

/** A condition on `assets` with its `$n` parameters, from `$1`. */
export function assetCondition(packageId: string, filter: AssetFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [packageId];
  const conditions = ['package_id = $1'];
  function add(value: unknown, condition: (parameter: string) => string): void {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  }
  if (filter.fileTypes.length > 0) add(filter.fileTypes, (list) => `file_type = ANY (${list}::text[])`);
  if (filter.assetTypes.length > 0) add(filter.assetTypes, (list) => `asset_type = ANY (${list}::text[])`);
  if (filter.reviewStatuses.length > 0) add(filter.reviewStatuses, (list) => `review_status = ANY (${list}::text[])`);
  if (filter.tags.length > 0) add(filter.tags, (list) => `tags @> ${list}::text[]`);
  if (filter.text !== '') {
    add(`%${escapeLike(filter.text)}%`, (pattern) => `lower(relative_path) LIKE lower(${pattern}::text)`);
  }
  return { text: conditions.join('\n  AND '), values };
}

/** Makes a text match itself inside a LIKE pattern, with the default escape character. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
