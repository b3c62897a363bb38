/** Tracks the blocks of the contents file that belong to no file. */
import type { Extent } from './file-tree.ts';
import { DatabaseDamagedError } from './storage-errors.ts';

export class FreeSpace {
  /** Sorted by start; no two are adjacent. */
  #free: Extent[] = [];
  #end = 0;
  /** Given back, but possibly still in use by the state on disk. */
  #resting: Extent[] = [];

  /** @throws DatabaseDamagedError when two extents overlap: their files have overwritten each other. */
  constructor(used: Iterable<Extent>) {
    for (const { start, length } of [...used].sort((a, b) => a.start - b.start)) {
      if (start < this.#end) throw new DatabaseDamagedError(`Block ${start} belongs to two files.`);
      if (start > this.#end) this.#free.push({ start: this.#end, length: start - this.#end });
      this.#end = start + length;
    }
  }

  /** The end of the last block that any file ever had. */
  get end(): number {
    return this.#end;
  }

  /** @returns one contiguous run of this many blocks. */
  take(length: number): Extent {
    const index = this.#free.findIndex((extent) => extent.length >= length);
    const found = this.#free[index];
    if (!found) {
      const start = this.#end;
      this.#end += length;
      return { start, length };
    }
    const rest = { start: found.start + length, length: found.length - length };
    this.#free.splice(index, 1, ...(rest.length > 0 ? [rest] : []));
    return { start: found.start, length };
  }

  /** Frees extents, for reuse only after {@link settle}: after a power cut, an older state may still need them. */
  giveBack(extents: readonly Extent[]): void {
    this.#resting.push(...extents);
  }

  /** Makes freed extents available, once the state on disk no longer uses them. */
  settle(): void {
    if (this.#resting.length === 0) return;
    const all = [...this.#free, ...this.#resting].sort((a, b) => a.start - b.start);
    this.#resting = [];
    this.#free = [];
    for (const extent of all) {
      const last = this.#free.at(-1);
      if (last && last.start + last.length === extent.start) {
        this.#free[this.#free.length - 1] = { start: last.start, length: last.length + extent.length };
      } else this.#free.push(extent);
    }
  }
}
