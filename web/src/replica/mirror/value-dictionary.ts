/** Numbers distinct values 0, 1, 2, … by their bytes, as they lie in copied rows. */

export class ValueDictionary {
  readonly #codes = new Map<number, number[]>();
  readonly #bytes: Uint8Array[] = [];
  #last = -1;

  get size(): number {
    return this.#bytes.length;
  }

  /** Returns the value's code, a new one for a new value. */
  give(bytes: Uint8Array, start: number, end: number): number {
    // Neighbouring rows usually have the same value.
    if (this.#last !== -1 && this.#is(this.#last, bytes, start, end)) return this.#last;
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
    let codes = this.#codes.get(hash);
    if (!codes) {
      codes = [];
      this.#codes.set(hash, codes);
    }
    let code = codes.find((known) => this.#is(known, bytes, start, end));
    if (code === undefined) {
      code = this.#bytes.length;
      this.#bytes.push(bytes.slice(start, end));
      codes.push(code);
    }
    this.#last = code;
    return code;
  }

  /** Returns the values by their codes, for {@link ValueDictionary.restore}. */
  get values(): readonly Uint8Array[] {
    return this.#bytes;
  }

  /** Fills an empty dictionary. */
  restore(values: readonly Uint8Array[]): void {
    for (const value of values) this.give(value, 0, value.length);
  }

  bytesOf(code: number): Uint8Array {
    return this.#bytes[code] as Uint8Array;
  }

  #is(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const known = this.#bytes[code] as Uint8Array;
    if (known.length !== end - start) return false;
    for (let at = 0; at < known.length; at++) if (known[at] !== bytes[start + at]) return false;
    return true;
  }
}
