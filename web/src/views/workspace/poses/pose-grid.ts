/** The part of the pose matrix that is shown, its bins, and boxes of them. Degrees; the upper bounds lie outside. */
import type { PoseRegion } from '../../../queries/query/query-keys.ts';
import type { PoseDegrees } from '../../../replica/model/mirror-questions.ts';

/** Faces beyond are counted, but have no bin on the screen. */
const YAW = 90;
const PITCH = 60;
const ALL_YAW = 180;
const ALL_PITCH = 90;

/** A bin by its column, from the lowest yaw, and its line, from the lowest pitch. */
export interface Bin {
  readonly x: number;
  readonly y: number;
}

export class PoseGrid {
  readonly degrees: PoseDegrees;
  readonly columns: number;
  readonly lines: number;
  readonly #counts: Uint32Array;

  /** @param counts as the mirror answers them; null: not counted yet. */
  constructor(degrees: PoseDegrees, counts: Uint32Array | null) {
    this.degrees = degrees;
    this.columns = (2 * YAW) / degrees;
    this.lines = (2 * PITCH) / degrees;
    const all = ((2 * ALL_YAW) / degrees) * ((2 * ALL_PITCH) / degrees);
    // The counts of other bins are still to come.
    this.#counts = counts?.length === all ? counts : new Uint32Array(all);
  }

  /** Faces with a pose. */
  get total(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** The largest count of a shown bin. */
  get most(): number {
    let most = 0;
    for (let y = 0; y < this.lines; y++)
      for (let x = 0; x < this.columns; x++) most = Math.max(most, this.countAt({ x, y }));
    return most;
  }

  countAt({ x, y }: Bin): number {
    const column = x + (ALL_YAW - YAW) / this.degrees;
    const line = y + (ALL_PITCH - PITCH) / this.degrees;
    return this.#counts[line * ((2 * ALL_YAW) / this.degrees) + column] ?? 0;
  }

  /** Faces in the shown bins whose middle lies in a region. */
  countIn({ yaw, pitch }: PoseRegion): number {
    let sum = 0;
    for (let y = 0; y < this.lines; y++) {
      for (let x = 0; x < this.columns; x++) {
        const across = -YAW + (x + 0.5) * this.degrees;
        const up = -PITCH + (y + 0.5) * this.degrees;
        if (across >= yaw[0] && across < yaw[1] && up >= pitch[0] && up < pitch[1]) sum += this.countAt({ x, y });
      }
    }
    return sum;
  }

  /** Returns the region from one bin to another, both included. */
  regionOf(one: Bin, other: Bin = one): PoseRegion {
    const edge = (start: number, bin: number) => start + bin * this.degrees;
    return {
      yaw: [edge(-YAW, Math.min(one.x, other.x)), edge(-YAW, Math.max(one.x, other.x) + 1)],
      pitch: [edge(-PITCH, Math.min(one.y, other.y)), edge(-PITCH, Math.max(one.y, other.y) + 1)],
    };
  }

  /** Returns a region's edges as shares of the shown width and height, from the top left. */
  boxOf({ yaw, pitch }: PoseRegion): { left: number; top: number; width: number; height: number } {
    const across = (value: number) => Math.min(1, Math.max(0, (value + YAW) / (2 * YAW)));
    const down = (value: number) => 1 - Math.min(1, Math.max(0, (value + PITCH) / (2 * PITCH)));
    const [left, top] = [across(yaw[0]), down(pitch[1])];
    return { left, top, width: across(yaw[1]) - left, height: down(pitch[0]) - top };
  }

  /** Returns the bin at a point, given as shares of the shown width and height from the top left. */
  binAt(left: number, top: number): Bin {
    const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(value)));
    return {
      x: within(left * this.columns, this.columns),
      y: within((1 - top) * this.lines, this.lines),
    };
  }

  /** Returns the bin some steps away, at most at the edge. */
  step({ x, y }: Bin, across: number, up: number): Bin {
    return {
      x: Math.min(this.columns - 1, Math.max(0, x + across)),
      y: Math.min(this.lines - 1, Math.max(0, y + up)),
    };
  }
}

/** The steps of the heat ramp. */
export const HEAT_STEPS = 11;

/** Returns the step of a count on a logarithmic scale; only none has the lowest. */
export function heatOf(count: number, most: number): number {
  if (count === 0 || most === 0) return 0;
  return Math.max(1, Math.round(((HEAT_STEPS - 1) * Math.log(count + 1)) / Math.log(most + 1)));
}

/** Writes a region as people read it: `Yaw −40° to 0°, pitch −10° to +20°`. */
export function describeRegion({ yaw, pitch }: PoseRegion): string {
  return `Yaw ${yaw.map(formatAngle).join(' to ')}, pitch ${pitch.map(formatAngle).join(' to ')}`;
}

export function formatAngle(degrees: number): string {
  const sign = degrees > 0 ? '+' : degrees < 0 ? '−' : '';
  return `${sign}${Math.abs(degrees)}°`;
}
