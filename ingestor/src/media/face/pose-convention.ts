/**
 * Decides whether a package's poses are in degrees or radians: no single file reveals it, but all of them together do.
 *
 * Four figures are enough: three sums and one maximum, kept in a row for each package. They combine in any order, so
 * crops may arrive in any order, in parts, and from several ingestors.
 */
import type { PoseConvention } from '@ingesthub/schema/library/asset-details.ts';
import type { RawPose } from './raw-pose.ts';

/** Evidence from the poses of one package. */
export interface PoseEvidence {
  readonly poses: number;
  /** Poses with an angle beyond π, which cannot be radians, except by mistake. */
  readonly beyond: number;
  /**
   * Among the other poses, those whose pitch or yaw in radians would be a face turned away, which extractors cannot
   * detect.
   */
  readonly away: number;
  /** The largest absolute angle. */
  readonly largest: number;
}

export const NO_POSES: PoseEvidence = { poses: 0, beyond: 0, away: 0, largest: 0 };

/** π, with the rounding of 4-byte floats. */
export const HALF_TURN = Math.PI + 1e-5;
/** 110 degrees, in radians. */
export const AWAY = 1.92;
/** Fewer poses within half a turn may be degrees of a face that looks ahead for a moment. */
const ENOUGH = 12;
/** 5 degrees in radians: a take with less movement reveals nothing. */
const SPREAD = 0.09;
/**
 * Shares of the poses: MANY is too many to be mistakes; once a package is decided, FEW or less may still be mistakes.
 */
const MANY = 0.02;
const FEW = 0.01;

export function poseEvidence(poses: Iterable<RawPose>): PoseEvidence {
  let evidence = NO_POSES;
  for (const [pitch, yaw, roll] of poses) {
    const facing = Math.max(Math.abs(pitch), Math.abs(yaw));
    const largest = Math.max(facing, Math.abs(roll));
    const beyond = largest > HALF_TURN;
    evidence = addEvidence(evidence, {
      poses: 1,
      beyond: Number(beyond),
      away: Number(!beyond && facing > AWAY),
      largest,
    });
  }
  return evidence;
}

export function addEvidence(one: PoseEvidence, other: PoseEvidence): PoseEvidence {
  return {
    poses: one.poses + other.poses,
    beyond: one.beyond + other.beyond,
    away: one.away + other.away,
    largest: Math.max(one.largest, other.largest),
  };
}

export interface PoseVerdict {
  /** Null when the poses fit both conventions. */
  readonly convention: PoseConvention | null;
  /** The reason in one sentence for people. */
  readonly because: string;
}

/**
 * @param current the previous verdict: `degrees` needs more evidence to leave than to reach, so that a share near the
 *   limit does not rewrite all columns again and again.
 */
export function poseVerdict(
  { poses, beyond, away, largest }: PoseEvidence,
  current: PoseConvention | null = null,
): PoseVerdict {
  const of = (count: number): string => `${count} of ${poses} poses`;
  if (beyond > 0 && beyond >= poses * (current === 'degrees' ? FEW : MANY)) {
    return { convention: 'degrees', because: `${of(beyond)} have angles beyond π.` };
  }
  if (poses < ENOUGH) {
    return { convention: null, because: `All of ${poses} poses are within π, which is too few to tell.` };
  }
  if (away >= poses * MANY) {
    return {
      convention: null,
      because: `${of(away)} are faces turned away if they are radians, and all faces look ahead if they are degrees.`,
    };
  }
  if (largest < SPREAD) {
    return { convention: null, because: `No angle of ${poses} poses is larger than ${largest.toFixed(3)}.` };
  }
  return { convention: 'radians', because: `${of(poses - beyond)} are within π, and hardly any is turned away.` };
}

/** The pose columns of `assets`. */
export interface PoseColumns {
  /** Degrees. */
  readonly pitch: number | null;
  readonly yaw: number | null;
  readonly roll: number | null;
}

/** Returns three nulls while the convention is unknown, and for angles that are impossible in it. */
export function poseColumns(pose: RawPose | null, convention: PoseConvention | null): PoseColumns {
  const turn = convention === 'radians' ? 2 * HALF_TURN : 360;
  if (pose === null || convention === null || pose.some((angle) => Math.abs(angle) > turn)) {
    return { pitch: null, yaw: null, roll: null };
  }
  const [pitch, yaw, roll] = pose;
  const inDegrees = (angle: number): number => degrees(convention === 'radians' ? (angle * 180) / Math.PI : angle);
  return { pitch: inDegrees(pitch), yaw: inDegrees(yaw), roll: inDegrees(roll) };
}

/** Wraps an angle to -180 to 180 and rounds it to a thousandth, which is finer than any estimate. */
function degrees(angle: number): number {
  const turned = Math.abs(angle) > 180 ? angle - 360 * Math.sign(angle) : angle;
  return Math.round(turned * 1000) / 1000 + 0;
}
