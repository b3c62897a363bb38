/** Reads the {@link FilterFacts} of a filter: one small statement, only for filters that need it. */
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import { containsPattern, escapeLike } from '@ingesthub/schema/values/sql-text.ts';
import type { AssetFilter, FilterFacts } from './asset-filter.ts';

export const noFacts: FilterFacts = { folders: [], foldersBefore: [], taggedAtMost: null };

/**
 * One {@link FilterFacts} row; null when the facts are {@link noFacts}.
 *
 * @param counted whether the maintained counts exist, as they do after the first load.
 */
export function filterFactsQuery(packageId: string, filter: AssetFilter, counted: boolean): Statement | null {
  if (filter.text === '' && filter.tags.length === 0) return null;
  const { text, tags } = filter;
  return {
    text: `
      SELECT
        ${folderNumbers('$2')} AS folders,
        ${folderNumbers('$3')} AS "foldersBefore",
        ${counted ? fewestTagged : 'NULL::integer'} AS "taggedAtMost"`,
    values: [
      packageId,
      text === '' ? null : containsPattern(text),
      text.includes('/') ? `%${escapeLike(text.slice(0, text.lastIndexOf('/') + 1))}` : null,
      ...(counted ? [tags] : []),
    ],
  };
}

const fewestTagged = `(
          SELECT min(coalesce(asset_count, 0) - (
            SELECT count(*)::integer
            FROM assets JOIN asset_tags ON asset_tags.asset_id = assets.id
            WHERE assets.package_id = $1 AND assets.deleted_at IS NOT NULL AND asset_tags.tag = asked.tag
          ))
          FROM unnest($4::text[]) AS asked (tag)
          LEFT JOIN tag_counts ON tag_counts.package_id = $1 AND tag_counts.tag = asked.tag
        )`;

/** Builds the SQL for the numbers of the folders that match a pattern; a null pattern matches none. */
function folderNumbers(pattern: string): string {
  return `ARRAY (
          SELECT number FROM folders
          WHERE package_id = $1 AND path <> '' AND lower(path || '/') LIKE lower(${pattern}::text)
        )`;
}
