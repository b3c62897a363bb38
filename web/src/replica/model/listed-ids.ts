/** A short order of ids, as SQL lists them. */
import type { AssetIdOrder } from './mirror-questions.ts';

export class ListedIds implements AssetIdOrder {
  static readonly empty = new ListedIds([]);
  readonly #ids: readonly string[];

  constructor(ids: readonly string[]) {
    this.#ids = ids;
  }

  get length(): number {
    return this.#ids.length;
  }
  at(index: number): string | undefined {
    return index < 0 ? undefined : this.#ids[index];
  }
  indexOf(id: string): number {
    return this.#ids.indexOf(id);
  }
  slice(start: number, end: number): string[] {
    return this.#ids.slice(Math.max(0, start), Math.max(0, end));
  }
  equals(other: AssetIdOrder): boolean {
    return this.length === other.length && this.#ids.every((id, index) => id === other.at(index));
  }
}
