/** The maintained counts of a package's assets: one row for each combination of values that occurs. */
import type { AssetType, FileType, ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { type AssetFilter, emptyAssetFilter, isFiltering } from './asset-filter.ts';

export interface AssetFacetRow {
  readonly file_type: FileType;
  readonly asset_type: AssetType;
  readonly review_status: ReviewStatus;
  readonly picked_up: boolean;
  readonly is_sidecar: boolean;
  readonly subject_id: string | null;
  readonly camera: string | null;
  readonly asset_count: number;
}

/** {@link AssetFacetRow} rows. Needs a `ready` replica, as the counts are maintained only after its first load. */
export function assetFacetsQuery(packageId: string): LiveQueryInput {
  return {
    reads: [
      {
        table: 'assets',
        packageId,
        columns: [
          ...['file_type', 'asset_type', 'review_status', 'picked_up_at', 'sidecar_of', 'subject_id', 'camera'],
          'deleted_at',
        ],
      },
    ],
    statement: {
      text: `
        SELECT file_type, asset_type, review_status, picked_up, is_sidecar, subject_id, camera, asset_count
        FROM asset_counts
        WHERE package_id = $1 AND asset_count > 0`,
      values: [packageId],
    },
  };
}

type FacetColumn = Exclude<keyof AssetFacetRow, 'asset_count'>;

/** Counts the assets for each value of a column. */
export function countBy<Column extends FacetColumn>(
  rows: readonly AssetFacetRow[],
  column: Column,
): Map<AssetFacetRow[Column], number> {
  const counts = new Map<AssetFacetRow[Column], number>();
  for (const row of rows) counts.set(row[column], (counts.get(row[column]) ?? 0) + row.asset_count);
  return counts;
}

/** Counts the assets that match a filter; null when the filter uses columns that the counts do not have. */
export function countMatching(rows: readonly AssetFacetRow[], filter: AssetFilter): number | null {
  const { fileTypes, assetTypes, reviewStatuses, pickedUp, sidecars, subjects, cameras, ...rest } = filter;
  if (isFiltering({ ...emptyAssetFilter, ...rest })) return null;
  const asks = <Value>(list: readonly Value[], value: Value) => list.length === 0 || list.includes(value);
  return rows.reduce((sum, row) => {
    const matches =
      asks(fileTypes, row.file_type) &&
      asks(assetTypes, row.asset_type) &&
      asks(reviewStatuses, row.review_status) &&
      (pickedUp === null || pickedUp === row.picked_up) &&
      (sidecars || !row.is_sidecar) &&
      asks(subjects, row.subject_id) &&
      asks(cameras, row.camera);
    return matches ? sum + row.asset_count : sum;
  }, 0);
}
