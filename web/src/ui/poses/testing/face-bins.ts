/** For tests: bins as the mirror answers them. */
import type { PoseBins, PoseDegrees } from '../../../replica/model/mirror-questions.ts';

export interface Face {
  readonly yaw: number;
  readonly pitch: number;
  /** Default: 1. */
  readonly count?: number;
  /** How many of these are approved. Default: none. */
  readonly approved?: number;
  /** The median. Default: unknown. */
  readonly sharpness?: number;
}

/** @param faces at most one for each bin. */
export function faceBins(degrees: PoseDegrees, faces: readonly Face[]): PoseBins<string> {
  const all = (360 / degrees) * (180 / degrees);
  const bins = {
    counts: new Uint32Array(all),
    approved: new Uint32Array(all),
    sharpness: new Float32Array(all).fill(Number.NaN),
    sharpest: null,
  };
  for (const { yaw, pitch, count = 1, approved = 0, sharpness = Number.NaN } of faces) {
    const at = Math.floor((pitch + 90) / degrees) * (360 / degrees) + Math.floor((yaw + 180) / degrees);
    bins.counts[at] = count;
    bins.approved[at] = approved;
    bins.sharpness[at] = sharpness;
  }
  return bins;
}
