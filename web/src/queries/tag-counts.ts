/** Tags in use, with the number of assets that have them. */
import type { LiveQueryInput } from '../replica/create-live-query.ts';

export interface TagCountRow {
  readonly tag: string;
  readonly asset_count: number;
}

/** {@link TagCountRow} rows of a package, the most used first. */
export function packageTagsQuery(packageId: string): LiveQueryInput {
  return tagCounts('package_id = $1', [packageId]);
}

/** {@link TagCountRow} rows of some assets, the most used first. */
export function tagsOfAssetsQuery(ids: readonly string[]): LiveQueryInput {
  return tagCounts('id = ANY ($1::uuid[])', [ids]);
}

function tagCounts(condition: string, values: readonly unknown[]): LiveQueryInput {
  return {
    tables: ['assets'],
    statement: {
      text: `
        SELECT tag, count(*)::integer AS asset_count
        FROM assets, unnest(assets.tags) AS tag
        WHERE ${condition}
        GROUP BY tag
        ORDER BY asset_count DESC, tag`,
      values,
    },
  };
}
