/** How many of a package's assets have each file type, asset type and review status. */
import type { AssetType, FileType, ReviewStatus } from '@ingesthub/schema/vocabulary.ts';
import type { LiveQueryInput } from '../replica/create-live-query.ts';

export interface AssetFacetRow {
  readonly file_type: FileType;
  readonly asset_type: AssetType;
  readonly review_status: ReviewStatus;
  readonly asset_count: number;
}

/** One {@link AssetFacetRow} for each combination that occurs: at most 5 x 8 x 4. */
export function assetFacetsQuery(packageId: string): LiveQueryInput {
  return {
    tables: ['assets'],
    statement: {
      text: `
        SELECT file_type, asset_type, review_status, count(*)::integer AS asset_count
        FROM assets
        WHERE package_id = $1
        GROUP BY file_type, asset_type, review_status`,
      values: [packageId],
    },
  };
}

/** Assets for each value of one of the columns. */
export function countBy<Column extends 'file_type' | 'asset_type' | 'review_status'>(
  rows: readonly AssetFacetRow[],
  column: Column,
): Map<AssetFacetRow[Column], number> {
  const counts = new Map<AssetFacetRow[Column], number>();
  for (const row of rows) counts.set(row[column], (counts.get(row[column]) ?? 0) + row.asset_count);
  return counts;
}
