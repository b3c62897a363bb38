/** Recent pieces of answers: readers at the same position share one buffer instead of a copy each. */
export class SharedPieces {
  /** Longest unused first. */
  readonly #pieces = new Map<string, Buffer>();
  readonly #limit: number;
  #bytes = 0;

  /** @param limit in bytes; pieces that readers still hold are not counted. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * @param key identifies everything that the piece is built from.
   * @returns a shared buffer, which must not be written to.
   */
  get(key: string, make: () => Buffer): Buffer {
    const known = this.#pieces.get(key);
    const piece = known ?? make();
    this.#pieces.delete(key);
    this.#pieces.set(key, piece);
    if (!known) this.#bytes += piece.length;
    for (const [oldest, { length }] of this.#pieces) {
      if (this.#bytes <= this.#limit) break;
      this.#pieces.delete(oldest);
      this.#bytes -= length;
    }
    return piece;
  }
}
