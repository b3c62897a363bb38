/** The ids of matching assets in order, as row numbers of a table of ids: only those that are looked at become text. */
import type { AssetIdOrder } from './mirror-questions.ts';
import { formatUuid, writeUuid } from './uuid-bytes.ts';

const ID_BYTES = 16;
const WORDS = ID_BYTES / 4;
const UUID_LENGTH = 36;

/** The ids of a scope's rows. Rows are only ever added, so orders may share a table. */
export class IdTable {
  readonly generation: string;
  #bytes = new Uint8Array(0);
  #rows = 0;

  constructor(generation: string) {
    this.generation = generation;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Adds ids from a row on; those of known rows are the same. */
  add(from: number, ids: Uint8Array): void {
    if (from > this.#rows) throw new RangeError(`The ids of rows ${this.#rows} to ${from} are missing.`);
    const rows = from + ids.length / ID_BYTES;
    if (rows <= this.#rows) return;
    if (rows * ID_BYTES > this.#bytes.length) {
      // A scope's first answer has most of its rows.
      const larger = new Uint8Array((rows + (this.#rows === 0 ? 0 : rows >>> 3)) * ID_BYTES);
      larger.set(this.#bytes.subarray(0, this.#rows * ID_BYTES));
      this.#bytes = larger;
    }
    this.#bytes.set(ids, from * ID_BYTES);
    this.#rows = rows;
  }

  format(row: number): string {
    return formatUuid(this.#bytes, row * ID_BYTES);
  }

  /** Returns the row with an id; -1: none has it. */
  rowOf(id: string): number {
    if (id.length !== UUID_LENGTH) return -1;
    const wanted = new Uint8Array(ID_BYTES);
    writeUuid(wanted, id);
    const [a, b, c, d] = new Uint32Array(wanted.buffer);
    const words = new Uint32Array(this.#bytes.buffer, 0, this.#rows * WORDS);
    for (let row = 0, at = 0; row < this.#rows; row++, at += WORDS) {
      if (words[at + 3] === d && words[at + 2] === c && words[at + 1] === b && words[at] === a) return row;
    }
    return -1;
  }
}

export class MirroredOrder implements AssetIdOrder {
  readonly #order: Uint32Array;
  readonly #table: IdTable;

  /** @param order row numbers of the table. */
  constructor(order: Uint32Array, table: IdTable) {
    this.#order = order;
    this.#table = table;
  }

  get length(): number {
    return this.#order.length;
  }

  equals(other: AssetIdOrder): boolean {
    if (this === other) return true;
    if (this.length !== other.length) return false;
    if (other instanceof MirroredOrder && other.#table === this.#table) {
      return this.#order.every((row, index) => row === other.#order[index]);
    }
    for (let index = 0; index < this.length; index++) if (this.at(index) !== other.at(index)) return false;
    return true;
  }

  at(index: number): string | undefined {
    const row = this.#order[index];
    return row === undefined ? undefined : this.#table.format(row);
  }

  indexOf(id: string): number {
    const row = this.#table.rowOf(id);
    return row === -1 ? -1 : this.#order.indexOf(row);
  }

  slice(start: number, end: number): string[] {
    const ids: string[] = [];
    for (let index = Math.max(0, start); index < Math.min(end, this.length); index++)
      ids.push(this.at(index) as string);
    return ids;
  }
}
