/** Finds the poses of which there are few pictures. */
import type { PoseRegion } from '../../queries/query/query-keys.ts';
import { formatAngle, PoseGrid } from './pose-grid.ts';

/** The poses that a data set should have, and how few pictures of one are few. */
export interface Coverage {
  /** Degrees from the middle, to both sides. */
  readonly yaw: number;
  readonly pitch: number;
  /** Bins with fewer faces are thin; null: fewer than a tenth of the core's mean. */
  readonly below: number | null;
}

/** The choices of what belongs to the core, widest last. */
export const coverageCores = [
  { yaw: 30, pitch: 20 },
  { yaw: 60, pitch: 30 },
  { yaw: 90, pitch: 40 },
] as const;
export const defaultCoverage: Coverage = { ...coverageCores[1], below: null };

export interface ThinBins {
  /** The thin bins of the core, the emptiest first. */
  readonly bins: readonly { readonly region: PoseRegion; readonly count: number }[];
  /** All bins of the core. */
  readonly core: number;
  /** The limit that was used. */
  readonly below: number;
}

const core10 = new PoseGrid(10, null);

/**
 * Looks for thin bins of 10 degrees, whatever the width of the counted ones.
 *
 * @returns null where there is no face, or none was counted yet.
 */
export function thinBins(grid: PoseGrid, { yaw, pitch, below }: Coverage): ThinBins | null {
  if (grid.total === 0) return null;
  const core = core10.binsIn({ yaw: [-yaw, yaw], pitch: [-pitch, pitch] }).map((bin) => {
    const region = core10.regionOf(bin);
    return { region, count: grid.countIn(region) };
  });
  const mean = core.reduce((sum, { count }) => sum + count, 0) / core.length;
  const limit = below ?? Math.max(1, Math.round(mean / 10));
  return {
    bins: core.filter(({ count }) => count < limit).toSorted((a, b) => a.count - b.count),
    core: core.length,
    below: limit,
  };
}

/** Returns a bin with the bins around it, whose faces come closest to it. */
export function neighboursOf({ yaw, pitch }: PoseRegion): PoseRegion {
  return {
    yaw: [Math.max(-180, yaw[0] - 10), Math.min(180, yaw[1] + 10)],
    pitch: [Math.max(-90, pitch[0] - 10), Math.min(90, pitch[1] + 10)],
  };
}

/** A run of thin bins beside each other. */
export interface ThinRun {
  readonly region: PoseRegion;
  readonly have: number;
  /** Faces that the run needs for none of its bins to be thin. */
  readonly want: number;
}

/** Joins thin bins of one pitch that lie beside each other, those that lack the most first. */
export function thinRuns({ bins, below }: ThinBins): ThinRun[] {
  const runs: ThinRun[] = [];
  const sorted = bins.toSorted((a, b) => b.region.pitch[0] - a.region.pitch[0] || a.region.yaw[0] - b.region.yaw[0]);
  for (const { region, count } of sorted) {
    const last = runs.at(-1);
    if (last && last.region.pitch[0] === region.pitch[0] && last.region.yaw[1] === region.yaw[0]) {
      runs[runs.length - 1] = {
        region: { yaw: [last.region.yaw[0], region.yaw[1]], pitch: region.pitch },
        have: last.have + count,
        want: last.want + below,
      };
    } else runs.push({ region, have: count, want: below });
  }
  return runs.toSorted((a, b) => b.want - b.have - (a.want - a.have));
}

/** Writes a region without the names of the angles: `−60° to −50°, +20° to +30°`. */
export function formatRegion({ yaw, pitch }: PoseRegion): string {
  return `${yaw.map(formatAngle).join(' to ')}, ${pitch.map(formatAngle).join(' to ')}`;
}
