/** Which blocks of the file that holds all contents belong to no file. */
import type { Extent } from './file-tree.ts';

export class FreeSpace {
  /** In the order of their places; no two touch. */
  #free: Extent[] = [];
  #end = 0;
  /** Given back, but maybe still in use by what is on the disk. */
  #resting: Extent[] = [];

  constructor(used: Iterable<Extent>) {
    for (const { start, length } of [...used].sort((a, b) => a.start - b.start)) {
      if (start > this.#end) this.#free.push({ start: this.#end, length: start - this.#end });
      this.#end = start + length;
    }
  }

  /** Blocks up to the last that any file ever had. */
  get end(): number {
    return this.#end;
  }

  /** @returns as many blocks in one piece. */
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

  /** Not taken again before {@link settle}: after a power cut, an older state of the files may still need them. */
  giveBack(extents: readonly Extent[]): void {
    this.#resting.push(...extents);
  }

  /** What was given back is gone from the disk's state too. */
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
