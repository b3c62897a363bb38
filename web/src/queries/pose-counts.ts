/** The maintained counts behind the pose matrix of a package. */
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

/** Counts for the non-empty bins of ten degrees. Needs a `ready` replica. */
export function poseCountsQuery(packageId: string): LiveQueryInput {
  return {
    reads: [{ table: 'assets', packageId, columns: ['yaw', 'pitch', 'deleted_at'] }],
    statement: {
      text: `
        SELECT yaw_bin, pitch_bin, asset_count
        FROM pose_counts
        WHERE package_id = $1 AND asset_count > 0`,
      values: [packageId],
    },
  };
}
