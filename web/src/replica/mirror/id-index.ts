/** Row numbers by uuid, in typed arrays: 16 bytes for the id and about 7 for finding it. */

const WORDS = 4;
const EMPTY = 0xffff_ffff;

export class IdIndex {
  #ids = new Uint32Array(64 * WORDS);
  /** Row numbers in open addressing with linear probing; the last word of a uuid, which is random, is its hash. */
  #slots = new Uint32Array(128).fill(EMPTY);
  #count = 0;
  readonly #asked = new Uint32Array(WORDS);

  /** Row numbers that were given so far. */
  get count(): number {
    return this.#count;
  }

  /** Returns the id's row number. @param bytes holds the uuid at `at`. @returns -1 for an unknown id. */
  find(bytes: Uint8Array, at: number): number {
    this.#ask(bytes, at);
    const row = this.#slots[this.#place()] as number;
    return row === EMPTY ? -1 : row;
  }

  /** Returns the id's row number, a new one for a new id. */
  give(bytes: Uint8Array, at: number): number {
    this.#ask(bytes, at);
    const place = this.#place();
    const known = this.#slots[place] as number;
    if (known !== EMPTY) return known;
    const row = this.#count;
    if ((row + 1) * WORDS > this.#ids.length)
      this.#ids = grown(this.#ids, this.#ids.length + ((this.#ids.length >>> 4) + 1) * WORDS);
    this.#ids.set(this.#asked, row * WORDS);
    this.#slots[place] = row;
    this.#count += 1;
    if (this.#count * 3 > this.#slots.length * 2) this.#enlarge();
    return row;
  }

  /** Returns the bytes of the ids from a row number on, 16 for each. */
  bytesFrom(row: number): Uint8Array {
    return new Uint8Array(this.#ids.slice(row * WORDS, this.#count * WORDS).buffer);
  }

  /** Compares two rows' ids as Postgres compares uuids. */
  compare(one: number, other: number): number {
    for (let word = 0; word < WORDS; word++) {
      const a = this.#ids[one * WORDS + word] as number;
      const b = this.#ids[other * WORDS + word] as number;
      if (a !== b) return bigEndian(a) < bigEndian(b) ? -1 : 1;
    }
    return 0;
  }

  /** Returns a number by which rows sort as by one of the four parts of their ids. @param word 0 to 3. */
  part(row: number, word: number): number {
    return bigEndian(this.#ids[row * WORDS + word] as number);
  }

  /** Returns the index's own arrays, for {@link IdIndex.restore}. */
  arrays(): { ids: Uint32Array<ArrayBuffer>; slots: Uint32Array<ArrayBuffer> } {
    return { ids: this.#ids.subarray(0, this.#count * WORDS), slots: this.#slots };
  }

  /** Takes over what another index had. */
  restore({ ids, slots }: ReturnType<IdIndex['arrays']>): void {
    this.#ids = ids;
    this.#slots = slots;
    this.#count = ids.length / WORDS;
  }

  get byteLength(): number {
    return this.#ids.byteLength + this.#slots.byteLength;
  }

  #ask(bytes: Uint8Array, at: number): void {
    for (let word = 0; word < WORDS; word++) {
      const first = at + word * 4;
      // Little-endian, so that the words' bytes are the id's bytes.
      this.#asked[word] =
        (bytes[first] as number) |
        ((bytes[first + 1] as number) << 8) |
        ((bytes[first + 2] as number) << 16) |
        ((bytes[first + 3] as number) << 24);
    }
  }

  /** Returns the slot of the asked id, or the empty one that it would take. */
  #place(): number {
    const mask = this.#slots.length - 1;
    const [a, b, c, d] = this.#asked as unknown as [number, number, number, number];
    let place = mixed(d) & mask;
    for (;;) {
      const row = this.#slots[place] as number;
      if (row === EMPTY) return place;
      const at = row * WORDS;
      const ids = this.#ids;
      if (ids[at + 3] === d && ids[at] === a && ids[at + 1] === b && ids[at + 2] === c) return place;
      place = (place + 1) & mask;
    }
  }

  #enlarge(): void {
    const slots = new Uint32Array(this.#slots.length * 2).fill(EMPTY);
    const mask = slots.length - 1;
    for (let row = 0; row < this.#count; row++) {
      let place = mixed(this.#ids[row * WORDS + 3] as number) & mask;
      while (slots[place] !== EMPTY) place = (place + 1) & mask;
      slots[place] = row;
    }
    this.#slots = slots;
  }
}

function mixed(word: number): number {
  const product = Math.imul(word, 0x9e37_79b1);
  return (product ^ (product >>> 15)) >>> 0;
}

/** Swaps the bytes of a word, as the platform's typed arrays are little-endian and uuids sort from their first byte. */
function bigEndian(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

function grown(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}
