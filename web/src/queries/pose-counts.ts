/** How a package's faces look around: the kept counts of the pose matrix. */
import type { LiveQueryInput } from '../replica/create-live-query.ts';

/** Degrees of a bin; bin 0 is from 0 up to, and without, 10. */
export const POSE_BIN_DEGREES = 10;

export interface PoseCountRow {
  readonly yaw_bin: number;
  readonly pitch_bin: number;
  readonly asset_count: number;
}

/** {@link PoseCountRow} rows, none of them empty; only where the replica is `ready`. */
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
