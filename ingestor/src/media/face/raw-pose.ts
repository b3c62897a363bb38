/** Reads how a face is turned from its file's metadata. */
import { dictOf, numberOf, numbersOf } from './values/plain-fields.ts';
import type { PlainDict, PlainValue } from './values/plain-value.ts';

/** Degrees or radians; only many poses together reveal the unit. */
export type RawPose = [pitch: number, yaw: number, roll: number];

/** Degrees that no angle exceeds; larger numbers are placeholders for “unknown”. */
const MOST = 360;

/**
 * Reads `pose` as three numbers or by name, an older field, or three separate fields; null when an angle is missing.
 */
export function rawPoseOf(dict: PlainDict): RawPose | null {
  const pose = dict.get('pose');
  const angles = numbersOf(pose, 3) ?? byName(dictOf(pose)) ?? numbersOf(dict.get('pitch_yaw_roll'), 3) ?? byName(dict);
  if (angles === null) return null;
  const [pitch = 0, yaw = 0, roll = 0] = angles;
  return [pitch, yaw, roll].every((angle) => Math.abs(angle) <= MOST) ? [pitch, yaw, roll] : null;
}

function byName(dict: ReadonlyMap<PlainValue, PlainValue> | null): number[] | null {
  const angles = ['pitch', 'yaw', 'roll'].map((name) => numberOf(dict?.get(name)));
  return angles.every((angle) => angle !== null) ? angles : null;
}
