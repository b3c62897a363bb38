/** Turns a bin's count, approved share or sharpness into one of eleven steps of colour. */
import { formatCount, formatCountOf } from '../format.ts';
import type { Bin, PoseGrid } from './pose-grid.ts';

export const poseModes = ['count', 'approved', 'sharpness'] as const;
export type PoseMode = (typeof poseModes)[number];

export const poseModeLabels: Readonly<Record<PoseMode, string>> = {
  count: 'Count',
  approved: 'Approved',
  sharpness: 'Sharpness',
};

/** The steps of the heat ramp. Only a bin without a value has the lowest. */
export const HEAT_STEPS = 11;

interface PoseScale {
  readonly stepOf: (bin: Bin) => number;
  /** The ends of the legend. */
  readonly from: string;
  readonly to: string;
}

export function poseScale(grid: PoseGrid, mode: PoseMode): PoseScale {
  switch (mode) {
    case 'count': {
      const { most } = grid;
      return { stepOf: (bin) => heatOf(grid.countAt(bin), most), from: '0', to: formatCount(most) };
    }
    case 'approved':
      return {
        stepOf: (bin) => {
          const share = approvedShare(grid, bin);
          return share === null ? 0 : linearStep(share);
        },
        from: '0%',
        to: '100%',
      };
    case 'sharpness': {
      const known = grid.bins().flatMap((bin) => grid.sharpnessAt(bin) ?? []);
      if (known.length === 0) return { stepOf: () => 0, from: '–', to: '–' };
      const [least, most] = [Math.min(...known), Math.max(...known)];
      return {
        stepOf: (bin) => {
          const value = grid.sharpnessAt(bin);
          return value === null ? 0 : linearStep(most > least ? (value - least) / (most - least) : 1);
        },
        from: formatSharpness(least),
        to: formatSharpness(most),
      };
    }
  }
}

/** Returns the step of a count on a logarithmic scale; only none has the lowest. */
export function heatOf(count: number, most: number): number {
  if (count === 0 || most === 0) return 0;
  return Math.max(1, Math.round(((HEAT_STEPS - 1) * Math.log(count + 1)) / Math.log(most + 1)));
}

/** Returns the approved share of a bin's faces; null where there is none. */
export function approvedShare(grid: PoseGrid, bin: Bin): number | null {
  const count = grid.countAt(bin);
  return count === 0 ? null : grid.approvedAt(bin) / count;
}

/** Describes a bin in words: `642 faces · 327 approved`. */
export function describeBins(grid: PoseGrid, bins: readonly Bin[]): string {
  const sum = (of: (bin: Bin) => number) => bins.reduce((total, bin) => total + of(bin), 0);
  const count = sum((bin) => grid.countAt(bin));
  const parts = [formatCountOf(count, 'face')];
  if (count > 0) parts.push(`${formatCount(sum((bin) => grid.approvedAt(bin)))} approved`);
  const [only] = bins;
  const sharpness = bins.length === 1 && only ? grid.sharpnessAt(only) : null;
  if (sharpness !== null) parts.push(`median sharpness ${formatSharpness(sharpness)}`);
  return parts.join(' · ');
}

export function formatSharpness(value: number | null): string {
  if (value === null) return '–';
  return value >= 100 ? formatCount(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function linearStep(share: number): number {
  return 1 + Math.round((HEAT_STEPS - 2) * share);
}
