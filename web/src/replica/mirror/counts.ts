/** Counts the rows of a set by value and in bins. */

import type { Flag, Histogram, HistogramQuestion, ValueColumn, ValueCount } from '../model/mirror-questions.ts';
import type { AssetTable } from './asset-table.ts';
import { type Bits, countCommon, hasBit, haveCommon, rowsOf, wordsFor } from './bits.ts';
import { countCodes, NO_BIN, RowBins } from './row-bins.ts';

/** Enough for all histograms of a list. */
const KEPT = 8;

/** A set of rows in both forms. */
export interface RowSet {
  readonly bits: Bits;
  /** Ascending. */
  readonly rows: Uint32Array<ArrayBuffer>;
}

export class Counts {
  readonly #table: AssetTable;
  readonly #bins: RowBins;
  readonly #extents = new Map<string, { readonly key: string; readonly extent: [number, number] | null }>();

  constructor(table: AssetTable) {
    this.#table = table;
    this.#bins = new RowBins(table, KEPT);
  }

  get byteLength(): number {
    return this.#bins.byteLength;
  }

  /** Counts rows by a column's values: all that any asset of the scope has, be it none of the rows. */
  values(column: ValueColumn, { rows }: RowSet): ValueCount[] {
    const { present } = this.#table;
    const values = this.#table.valuesOf(column);
    const { codes } = this.#table.codes[column];
    const counts = countCodes(codes, rows, values.length);
    const found = values.map((value, code) => ({ value: value as string | null, count: counts[code] as number }));
    found.push({ value: null, count: counts[values.length] as number });
    if (found.every(({ count }) => count > 0)) return found;
    const inScope = countCodes(codes, rowsOf(present.slice(0, wordsFor(this.#table.rows))), values.length);
    return found.filter((_, code) => (inScope[code] as number) > 0);
  }

  /** Counts rows by tag: all that any asset of the scope has. */
  tags(set: RowSet): ValueCount[] {
    const { present, tags } = this.#table;
    const found: ValueCount[] = [];
    for (const [value, bits] of tags) {
      const count = countCommon(set.bits, bits);
      if (count > 0 || haveCommon(present, bits)) found.push({ value, count });
    }
    return found;
  }

  /** Counts rows with and without a flag, as `yes` and `no`: those of both that any asset of the scope is. */
  flag(flag: Flag, { bits, rows }: RowSet): ValueCount[] {
    const { present, flagged } = this.#table;
    const yes = countCommon(bits, flagged[flag]);
    const found: ValueCount[] = [];
    if (yes > 0 || haveCommon(present, flagged[flag])) found.push({ value: 'yes', count: yes });
    if (rows.length > yes || countCommon(present, present) > countCommon(present, flagged[flag]))
      found.push({ value: 'no', count: rows.length - yes });
    return found;
  }

  *histogram(question: HistogramQuestion, { rows }: RowSet): Generator<void, Histogram> {
    const { column, bins: count, logarithmic = false } = question;
    const extent = this.#extentOf(column);
    yield;
    const from = question.from ?? extent?.[0] ?? 0;
    const to = question.to ?? extent?.[1] ?? 0;
    const scale = logarithmic ? (value: number) => Math.log2(1 + Math.max(0, value)) : (value: number) => value;
    const least = scale(from);
    const width = (scale(to) - least) / count || 1;
    const data = this.#table.numbers[column];
    const version = this.#table.columnVersions[column];
    const bins = this.#bins.of(`${column} ${from} ${to} ${count} ${logarithmic}`, version, (row) => {
      const value = data.get(row);
      if (Number.isNaN(value)) return NO_BIN;
      return Math.max(0, Math.min(count - 1, Math.floor((scale(value) - least) / width)));
    });
    yield;
    const counts = countCodes(bins, rows, count);
    yield;
    return { counts: counts.subarray(0, count), unknown: counts[count] as number, extent };
  }

  #extentOf(column: HistogramQuestion['column']): [number, number] | null {
    const { rows, present, presentVersion, columnVersions, numbers } = this.#table;
    const key = `${rows} ${presentVersion} ${columnVersions[column]}`;
    const kept = this.#extents.get(column);
    if (kept?.key === key) return kept.extent;
    const data = numbers[column];
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < rows; row++) {
      const value = data.get(row);
      if (Number.isNaN(value) || !hasBit(present, row)) continue;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    const extent: [number, number] | null = least > most ? null : [least, most];
    this.#extents.set(column, { key, extent });
    return extent;
  }
}
