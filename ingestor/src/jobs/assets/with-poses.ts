import { poseColumns } from '../../media/face/pose-convention.ts';
import type { AssetOutcome } from '../../sql/asset-work.ts';
import type { TransactionSql } from '../../sql/client.ts';
import { weighPoses } from '../../sql/package-poses.ts';

/** Adds angles in degrees to outcomes, by the convention that all poses of their package indicate, including these. */
export async function withPoses(
  session: TransactionSql,
  packageId: string,
  outcomes: readonly AssetOutcome[],
): Promise<AssetOutcome[]> {
  const poses = outcomes.flatMap(({ probe }) => (probe?.facts && probe.pose ? [probe.pose] : []));
  const convention = await weighPoses(session, packageId, poses);
  return outcomes.map((outcome) => {
    const { probe } = outcome;
    if (!probe?.facts || !probe.pose) return outcome;
    const face = { sharpness: probe.face?.sharpness ?? null, ...poseColumns(probe.pose, convention) };
    const { details } = probe;
    const known =
      details?.face && convention !== null
        ? { ...details, face: { ...details.face, pose_convention: convention } }
        : details;
    return { ...outcome, probe: { ...probe, face, details: known } };
  });
}
