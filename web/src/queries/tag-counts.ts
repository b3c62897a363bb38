/** Tags in use, with the number of assets that have them. */
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface TagCountRow {
  /** The tag. */
  readonly name: string;
  /** The number of assets with the tag. */
  readonly count: number;
}

/** {@link TagCountRow} rows of a package, the most used first. Needs a `ready` replica. */
export function packageTagsQuery(packageId: string): LiveQueryInput {
  return {
    reads: [
      { table: 'asset_tags', packageId },
      { table: 'assets', packageId, columns: ['deleted_at'] },
    ],
    statement: {
      text: `
        SELECT tag AS name, asset_count - coalesce(deleted.count, 0) AS count
        FROM tag_counts
        LEFT JOIN (
          SELECT tag, count(*)::integer AS count
          FROM assets JOIN asset_tags ON asset_tags.asset_id = assets.id
          WHERE assets.package_id = $1 AND assets.deleted_at IS NOT NULL
          GROUP BY tag
        ) AS deleted USING (tag)
        WHERE tag_counts.package_id = $1 AND asset_count > coalesce(deleted.count, 0)
        ORDER BY count DESC, name`,
      values: [packageId],
    },
  };
}

/** {@link TagCountRow} rows of some assets, the most used first. */
export function tagsOfAssetsQuery(ids: readonly string[]): LiveQueryInput {
  return {
    reads: [{ table: 'asset_tags' }],
    statement: {
      text: `
        SELECT tag AS name, count(*)::integer AS count
        FROM asset_tags
        WHERE asset_id = ANY ($1::uuid[])
        GROUP BY tag
        ORDER BY count DESC, name`,
      values: [ids],
    },
  };
}
