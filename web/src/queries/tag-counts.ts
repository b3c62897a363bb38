/** Tags in use, with the number of assets that have them. */
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface TagCountRow {
  /** The tag. */
  readonly name: string;
  /** The number of assets with the tag. */
  readonly count: number;
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
