/** How a package's faces look around: the kept counts of the pose matrix. */
import type { LiveQueryInput } from '../replica/create-live-query.ts';

/** Counts by bins of ten degrees, without the empty ones; only where the replica is `ready`. */
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
