/** The assets of a whole project, as far as they are known. */
import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import type { ProjectOnDevice } from '../../replica/model/replica.ts';
import type { ReviewCounts } from '../../ui/review-share.ts';

export interface ProjectTotals {
  /** Null: unknown. */
  readonly asset_count: number | null;
  readonly size_bytes: number | null;
  /** Null: unknown. */
  readonly review: ReviewCounts | null;
}

/**
 * Adds up the packages' summaries.
 *
 * @param summaries null: not known; then the totals are those that the server last reported.
 */
export function projectTotals(
  summaries: readonly PackageSummaryRow[] | null,
  project: Pick<ProjectOnDevice, 'assetCount' | 'sizeBytes'> | undefined,
): ProjectTotals {
  if (summaries === null) {
    return { asset_count: project?.assetCount ?? null, size_bytes: project?.sizeBytes ?? null, review: null };
  }
  const sum = (column: 'asset_count' | 'size_bytes' | 'approved_count' | 'rejected_count' | 'flagged_count') =>
    summaries.reduce((total, row) => total + row[column], 0);
  const asset_count = sum('asset_count');
  return {
    asset_count,
    size_bytes: sum('size_bytes'),
    review: {
      asset_count,
      approved_count: sum('approved_count'),
      rejected_count: sum('rejected_count'),
      flagged_count: sum('flagged_count'),
    },
  };
}
