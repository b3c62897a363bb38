/** Stores a package's pose convention, and maintains the columns that depend on it. */
import type { PoseConvention } from '@ingesthub/schema/library/asset-details.ts';
import { AWAY, HALF_TURN, type PoseEvidence, poseEvidence, poseVerdict } from '../media/face/pose-convention.ts';
import type { RawPose } from '../media/face/raw-pose.ts';
import type { TransactionSql } from './client.ts';

/** A row of package_poses. Its writer locks it until the transaction ends, so ingestors take turns. */
interface StoredEvidence extends PoseEvidence {
  readonly convention: PoseConvention | null;
}

/**
 * Adds poses that are about to be written, and rewrites existing columns when the new poses change the convention. Must
 * be called before the transaction writes assets of the package.
 *
 * @returns the convention for writing the poses; null while it is unknown, which leaves their columns empty.
 */
export async function weighPoses(
  sql: TransactionSql,
  packageId: string,
  poses: readonly RawPose[],
): Promise<PoseConvention | null> {
  if (poses.length === 0) return null;
  const { poses: count, beyond, away, largest } = poseEvidence(poses);
  const [stored] = await sql<StoredEvidence[]>`
    INSERT INTO package_poses AS known (package_id, pose_count, beyond_count, away_count, largest)
    VALUES (${packageId}, ${count}, ${beyond}, ${away}, ${largest})
    ON CONFLICT (package_id) DO UPDATE SET
      pose_count = known.pose_count + excluded.pose_count,
      beyond_count = known.beyond_count + excluded.beyond_count,
      away_count = known.away_count + excluded.away_count,
      largest = greatest(known.largest, excluded.largest)
    RETURNING pose_count AS poses, beyond_count AS beyond, away_count AS away, largest, convention`;
  return decide(sql, packageId, stored);
}

/** Recounts the stored poses when a run ends, so that poses of changed or removed files no longer count. */
export async function recountPoses(sql: TransactionSql, packageId: string): Promise<PoseConvention | null> {
  // Locks the row before reading poses that other transactions may be writing.
  const [known] = await sql`SELECT 1 FROM package_poses WHERE package_id = ${packageId} FOR UPDATE`;
  if (known === undefined) return null;
  const [stored] = await sql<StoredEvidence[]>`
    UPDATE package_poses SET
      pose_count = counted.poses,
      beyond_count = counted.beyond,
      away_count = counted.away,
      largest = counted.largest
    FROM (
      SELECT
        count(*)::integer AS poses,
        count(*) FILTER (WHERE largest > ${HALF_TURN})::integer AS beyond,
        count(*) FILTER (WHERE largest <= ${HALF_TURN} AND facing > ${AWAY})::integer AS away,
        coalesce(max(largest), 0) AS largest
      FROM (${rawPoses(sql, packageId)}) AS raw,
        LATERAL (SELECT greatest(abs(pitch), abs(yaw)) AS facing, greatest(abs(pitch), abs(yaw), abs(roll)) AS largest)
    ) AS counted
    WHERE package_id = ${packageId}
    RETURNING pose_count AS poses, beyond_count AS beyond, away_count AS away, counted.largest, convention`;
  return decide(sql, packageId, stored);
}

async function decide(
  sql: TransactionSql,
  packageId: string,
  stored: StoredEvidence | undefined,
): Promise<PoseConvention | null> {
  if (stored === undefined) return null;
  const { convention } = poseVerdict(stored, stored.convention);
  if (convention === stored.convention) return convention;
  await sql`UPDATE package_poses SET convention = ${convention} WHERE package_id = ${packageId}`;
  // The same conversion as in poseColumns.
  await sql`
    WITH raw AS (${rawPoses(sql, packageId)}), turned AS (
      SELECT asset_id, ${degrees(sql, 'pitch', convention)}, ${degrees(sql, 'yaw', convention)}, ${degrees(sql, 'roll', convention)}
      FROM raw
    ), told AS (
      UPDATE asset_metadata SET details = CASE
        WHEN ${convention}::text IS NULL THEN details #- '{face,pose_convention}'
        ELSE jsonb_set(details, '{face,pose_convention}', to_jsonb(${convention}::text))
      END
      FROM raw
      WHERE asset_metadata.asset_id = raw.asset_id
    )
    UPDATE assets SET pitch = turned.pitch, yaw = turned.yaw, roll = turned.roll
    FROM turned
    WHERE assets.id = turned.asset_id`;
  return convention;
}

/** Selects asset_id, pitch, yaw and roll as they were written. */
function rawPoses(sql: TransactionSql, packageId: string) {
  return sql`
    SELECT
      asset_id,
      (details #>> '{face,pose_raw,0}')::double precision AS pitch,
      (details #>> '{face,pose_raw,1}')::double precision AS yaw,
      (details #>> '{face,pose_raw,2}')::double precision AS roll
    FROM asset_metadata
    WHERE package_id = ${packageId} AND details #> '{face,pose_raw}' IS NOT NULL`;
}

/** Converts to -180 to 180, rounded to a thousandth; null when one of the three angles exceeds a turn. */
function degrees(sql: TransactionSql, angle: 'pitch' | 'yaw' | 'roll', convention: PoseConvention | null) {
  const name = sql(angle);
  if (convention === null) return sql`NULL::real AS ${name}`;
  const [scale, turn] = convention === 'radians' ? [180 / Math.PI, 2 * HALF_TURN] : [1, 360];
  const turned = sql`${name} * ${scale}::double precision`;
  return sql`
    CASE WHEN greatest(abs(pitch), abs(yaw), abs(roll)) <= ${turn} THEN round((
      ${turned} - CASE WHEN abs(${turned}) > 180 THEN 360 * sign(${name}) ELSE 0 END
    )::numeric, 3)::real END AS ${name}`;
}
