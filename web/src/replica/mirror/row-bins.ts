/** The bin of each row by a number or two, kept until one of those numbers changes. */
import type { AssetTable } from './asset-table.ts';

/** The bin of a row whose number is unknown: above any count of bins. */
export const NO_BIN = 0xffff;

export class RowBins {
  readonly #table: AssetTable;
  readonly #most: number;
  readonly #kept = new Map<string, { readonly key: string; readonly bins: Uint16Array }>();

  /** @param most the number of kept bins. */
  constructor(table: AssetTable, most: number) {
    this.#table = table;
    this.#most = most;
  }

  get byteLength(): number {
    let sum = 0;
    for (const { bins } of this.#kept.values()) sum += bins.byteLength;
    return sum;
  }

  /** @param version of the columns that `binOf` reads. */
  of(name: string, version: number, binOf: (row: number) => number): Uint16Array {
    const { rows } = this.#table;
    const key = `${rows} ${version}`;
    const kept = this.#kept.get(name);
    if (kept?.key === key) return kept.bins;
    const bins = new Uint16Array(rows);
    for (let row = 0; row < rows; row++) bins[row] = binOf(row);
    this.#kept.delete(name);
    if (this.#kept.size >= this.#most) this.#kept.delete(this.#kept.keys().next().value as string);
    this.#kept.set(name, { key, bins });
    return bins;
  }
}

/** Counts the codes of rows; those from `count` on count together, last. */
export function countCodes(
  codes: Uint8Array | Uint16Array | Uint32Array,
  rows: Uint32Array,
  count: number,
): Uint32Array<ArrayBuffer> {
  const counts = new Uint32Array(count + 1);
  for (let index = 0; index < rows.length; index++) {
    const code = codes[rows[index] as number] as number;
    const at = Math.min(code, count);
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}
