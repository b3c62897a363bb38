/** Divides the rows of a set into the bins of the pose matrix, and tells about each bin. */
import type { PoseBins, PoseQuestion } from '../model/mirror-questions.ts';
import type { AssetTable } from './asset-table.ts';
import type { RowSet } from './counts.ts';
import { countCodes, NO_BIN, RowBins } from './row-bins.ts';

/** The widths of bins. */
const KEPT = 3;
/** Values that are sorted before other work has a turn. */
const SORTED = 100_000;

export class Poses {
  readonly #table: AssetTable;
  readonly #bins: RowBins;

  constructor(table: AssetTable) {
    this.#table = table;
    this.#bins = new RowBins(table, KEPT);
  }

  get byteLength(): number {
    return this.#bins.byteLength;
  }

  *bins({ degrees, sharpness, sharpest }: PoseQuestion, { rows }: RowSet): Generator<void, PoseBins<number>> {
    const all = (360 / degrees) * (180 / degrees);
    const bins = this.#binsOf(degrees);
    yield;
    const counts = countCodes(bins, rows, all).subarray(0, all);
    yield;
    const approved = this.#approved(bins, rows, all);
    yield;
    return {
      counts,
      approved,
      sharpness: sharpness === true ? yield* this.#medians(bins, rows, counts) : null,
      sharpest: sharpest === true ? this.#sharpest(bins, rows, all) : null,
    };
  }

  #binsOf(degrees: number): Uint16Array {
    const { numbers, columnVersions: versions } = this.#table;
    const { yaw, pitch } = numbers;
    const columns = 360 / degrees;
    const lines = 180 / degrees;
    return this.#bins.of(`${degrees}`, versions.yaw + versions.pitch, (row) => {
      const x = Math.floor((yaw.get(row) + 180) / degrees);
      const y = Math.floor((pitch.get(row) + 90) / degrees);
      if (Number.isNaN(x) || Number.isNaN(y)) return NO_BIN;
      return Math.max(0, Math.min(lines - 1, y)) * columns + Math.max(0, Math.min(columns - 1, x));
    });
  }

  #approved(bins: Uint16Array, rows: Uint32Array, all: number): Uint32Array {
    const isApproved = this.#approval();
    const counts = new Uint32Array(all);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as number;
      const bin = bins[row] as number;
      if (bin < all && isApproved(row)) counts[bin] = (counts[bin] as number) + 1;
    }
    return counts;
  }

  *#medians(bins: Uint16Array, rows: Uint32Array, counts: Uint32Array): Generator<void, Float32Array> {
    const { sharpness } = this.#table.numbers;
    const starts = new Uint32Array(counts.length + 1);
    for (let bin = 0; bin < counts.length; bin++) starts[bin + 1] = (starts[bin] as number) + (counts[bin] as number);
    const values = new Float32Array(starts[counts.length] as number);
    const ends = starts.slice(0, counts.length);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as number;
      const bin = bins[row] as number;
      const value = sharpness.get(row);
      if (bin >= counts.length || Number.isNaN(value)) continue;
      const end = ends[bin] as number;
      values[end] = value;
      ends[bin] = end + 1;
    }
    yield;
    const medians = new Float32Array(counts.length).fill(Number.NaN);
    let sorted = 0;
    for (let bin = 0; bin < counts.length; bin++) {
      const known = values.subarray(starts[bin], ends[bin]);
      if (known.length === 0) continue;
      medians[bin] = known.sort()[(known.length - 1) >>> 1] as number;
      sorted += known.length;
      if (sorted < SORTED) continue;
      sorted = 0;
      yield;
    }
    return medians;
  }

  #sharpest(bins: Uint16Array, rows: Uint32Array, all: number): (number | null)[] {
    const { sharpness } = this.#table.numbers;
    const { ids } = this.#table;
    const isApproved = this.#approval();
    const found: (number | null)[] = new Array(all).fill(null);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as number;
      const bin = bins[row] as number;
      const value = sharpness.get(row);
      if (bin >= all || Number.isNaN(value)) continue;
      const best = found[bin];
      if (best == null) found[bin] = row;
      else {
        const approval = Number(isApproved(row)) - Number(isApproved(best));
        const order = approval || value - sharpness.get(best) || ids.compare(best, row);
        if (order > 0) found[bin] = row;
      }
    }
    return found;
  }

  #approval(): (row: number) => boolean {
    const { codes } = this.#table.codes.review_status;
    const approved = this.#table.valuesOf('review_status').indexOf('approved');
    return (row) => codes[row] === approved;
  }
}
