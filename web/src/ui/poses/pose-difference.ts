/** Compares two pose matrices by the share of faces in each bin, so that the larger one does not drown the other. */
import type { Bin, PoseGrid } from './pose-grid.ts';

export interface PoseDifference {
  /** Returns the first one's share minus the other's, from -1 to 1. */
  at(bin: Bin): number;
  /** The largest difference in either direction. */
  readonly most: number;
}

/** @param one and `other` have bins of the same width. @returns null unless both have faces. */
export function poseDifference(one: PoseGrid, other: PoseGrid): PoseDifference | null {
  const [all, allOther] = [one.total, other.total];
  if (all === 0 || allOther === 0 || one.degrees !== other.degrees) return null;
  const at = (bin: Bin) => one.countAt(bin) / all - other.countAt(bin) / allOther;
  return { at, most: Math.max(0, ...one.bins().map((bin) => Math.abs(at(bin)))) };
}
