/** The part of the pose matrix that is shown, its bins, and boxes of them. Degrees; the upper bounds lie outside. */
import type { PoseRegion } from '../../queries/query/query-keys.ts';
import type { PoseBins, PoseDegrees } from '../../replica/model/mirror-questions.ts';

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
  readonly #bins: PoseBins<string> | null;

  /** @param bins as the mirror answers them; null: not counted yet. */
  constructor(degrees: PoseDegrees, bins: PoseBins<string> | null) {
    this.degrees = degrees;
    this.columns = (2 * YAW) / degrees;
    this.lines = (2 * PITCH) / degrees;
    const all = ((2 * ALL_YAW) / degrees) * ((2 * ALL_PITCH) / degrees);
    // The counts of other bins are still to come.
    this.#bins = bins?.counts.length === all ? bins : null;
  }

  /** Whether the bins of this width have been counted. */
  get known(): boolean {
    return this.#bins !== null;
  }

  /** Whether the median sharpness was asked for. */
  get hasSharpness(): boolean {
    return this.#bins?.sharpness != null;
  }

  /** Faces with a pose, those without a shown bin too. */
  get total(): number {
    return this.#bins?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
  }

  /** The largest count of a shown bin. */
  get most(): number {
    return Math.max(0, ...this.bins().map((bin) => this.countAt(bin)));
  }

  /** The shown bins, from the highest pitch and the lowest yaw. */
  bins(): Bin[] {
    return Array.from({ length: this.columns * this.lines }, (_, place) => ({
      x: place % this.columns,
      y: this.lines - 1 - Math.floor(place / this.columns),
    }));
  }

  countAt(bin: Bin): number {
    return this.#bins?.counts[this.#placeOf(bin)] ?? 0;
  }

  approvedAt(bin: Bin): number {
    return this.#bins?.approved[this.#placeOf(bin)] ?? 0;
  }

  /** Returns the median sharpness; null: unknown, or not asked for. */
  sharpnessAt(bin: Bin): number | null {
    const median = this.#bins?.sharpness?.[this.#placeOf(bin)] ?? Number.NaN;
    return Number.isNaN(median) ? null : median;
  }

  /** Returns the id of the sharpest asset; null: unknown, or not asked for. */
  sharpestAt(bin: Bin): string | null {
    return this.#bins?.sharpest?.[this.#placeOf(bin)] ?? null;
  }

  /** Faces in the shown bins whose middle lies in a region. */
  countIn(region: PoseRegion): number {
    return this.binsIn(region).reduce((sum, bin) => sum + this.countAt(bin), 0);
  }

  /** Returns the shown bins whose middle lies in a region. */
  binsIn({ yaw, pitch }: PoseRegion): Bin[] {
    return this.bins().filter(({ x, y }) => {
      const across = -YAW + (x + 0.5) * this.degrees;
      const up = -PITCH + (y + 0.5) * this.degrees;
      return across >= yaw[0] && across < yaw[1] && up >= pitch[0] && up < pitch[1];
    });
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

  #placeOf({ x, y }: Bin): number {
    const column = x + (ALL_YAW - YAW) / this.degrees;
    const line = y + (ALL_PITCH - PITCH) / this.degrees;
    return line * ((2 * ALL_YAW) / this.degrees) + column;
  }
}

/** Writes a region as people read it: `Yaw −40° to 0°, pitch −10° to +20°`. */
export function describeRegion({ yaw, pitch }: PoseRegion): string {
  return `Yaw ${yaw.map(formatAngle).join(' to ')}, pitch ${pitch.map(formatAngle).join(' to ')}`;
}

export function formatAngle(degrees: number): string {
  const sign = degrees > 0 ? '+' : degrees < 0 ? '−' : '';
  return `${sign}${Math.abs(degrees)}°`;
}
