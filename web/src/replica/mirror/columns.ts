/** Columns of the mirror: typed arrays that grow with the rows, and stay small while their values are few. */

type Codes = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** One code for each row, in one byte while there are at most 255 codes, else in two or four. The largest means unknown. */
export class CodeColumn {
  codes: Codes = new Uint8Array(64);

  /** The code that means unknown. */
  get unknown(): number {
    return 2 ** (this.codes.BYTES_PER_ELEMENT * 8) - 1;
  }

  /** @param code null: unknown. */
  set(row: number, code: number | null): void {
    if (row >= this.codes.length) this.codes = copied(this.codes, grownLength(row, this.codes.length));
    while (code !== null && code >= this.unknown) this.#widen();
    this.codes[row] = code ?? this.unknown;
  }

  /** Gives back the memory beyond the first `rows` rows. */
  trim(rows: number): void {
    this.codes = copied(this.codes, rows);
  }

  #widen(): void {
    const before = this.unknown;
    const wide =
      this.codes instanceof Uint8Array ? new Uint16Array(this.codes.length) : new Uint32Array(this.codes.length);
    wide.set(this.codes);
    this.codes = wide;
    const { unknown } = this;
    for (let row = 0; row < wide.length; row++) if (wide[row] === before) wide[row] = unknown;
  }

  get byteLength(): number {
    return this.codes.byteLength;
  }
}

type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** The least 32-bit integer, which stands for an unknown one. No file has a frame of that number. */
const UNKNOWN_INTEGER = -(2 ** 31);

/** One number for each row; takes no memory until the first known one. */
export class NumberColumnData {
  readonly #kind: 'integer' | 'real' | 'double';
  numbers: Numbers | null = null;

  constructor(kind: 'integer' | 'real' | 'double') {
    this.#kind = kind;
  }

  /** @param value NaN: unknown. */
  set(row: number, value: number): void {
    const { numbers } = this;
    if (numbers === null) {
      if (Number.isNaN(value)) return;
      this.numbers = this.#filled(grownLength(row, 64));
    } else if (row >= numbers.length) {
      const larger = this.#filled(grownLength(row, numbers.length));
      larger.set(numbers);
      this.numbers = larger;
    }
    (this.numbers as Numbers)[row] = this.#kind === 'integer' && Number.isNaN(value) ? UNKNOWN_INTEGER : value;
  }

  /** Returns NaN for an unknown number. */
  get(row: number): number {
    const value = this.numbers?.[row] ?? Number.NaN;
    return this.#kind === 'integer' && value === UNKNOWN_INTEGER ? Number.NaN : value;
  }

  /** Returns a bound as this column compares it: Postgres rounds it to the column's type. */
  bound(value: number): number {
    return this.#kind === 'real' ? Math.fround(value) : value;
  }

  /** Gives back the memory beyond the first `rows` rows. */
  trim(rows: number): void {
    this.numbers = (this.numbers?.slice(0, rows) as Numbers | undefined) ?? null;
  }

  get byteLength(): number {
    return this.numbers?.byteLength ?? 0;
  }

  #filled(length: number): Numbers {
    if (this.#kind === 'integer') return new Int32Array(length).fill(UNKNOWN_INTEGER);
    return (this.#kind === 'real' ? new Float32Array(length) : new Float64Array(length)).fill(Number.NaN);
  }
}

/** Names as UTF-8, one after another. A row whose name changes gets a new place; the old one is reclaimed in bulk. */
export class NameColumn {
  #bytes = new Uint8Array(1024);
  #starts = new Uint32Array(64);
  #lengths = new Uint16Array(64);
  #end = 0;
  #used = 0;

  set(row: number, bytes: Uint8Array, start: number, end: number): void {
    if (row >= this.#starts.length) {
      const length = grownLength(row, this.#starts.length);
      this.#starts = copied(this.#starts, length);
      this.#lengths = copied(this.#lengths, length);
    }
    const length = end - start;
    this.#used -= this.#lengths[row] as number;
    this.#lengths[row] = 0;
    if (this.#end + length > this.#bytes.length) this.#makeRoom(length);
    this.#bytes.set(bytes.subarray(start, end), this.#end);
    this.#starts[row] = this.#end;
    this.#lengths[row] = length;
    this.#end += length;
    this.#used += length;
  }

  has(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#lengths[row] !== end - start) return false;
    const from = this.#starts[row] as number;
    for (let at = 0; at < end - start; at++) if (this.#bytes[from + at] !== bytes[start + at]) return false;
    return true;
  }

  bytesOf(row: number): Uint8Array {
    const start = this.#starts[row] as number;
    return this.#bytes.subarray(start, start + (this.#lengths[row] as number));
  }

  /** Returns the first `rows` names, each with a byte after it, and whether all their bytes are below 128. */
  joined(rows: number, byteAfter: number): { bytes: Uint8Array<ArrayBuffer>; plain: boolean } {
    let length = rows;
    for (let row = 0; row < rows; row++) length += this.#lengths[row] as number;
    const joined = new Uint8Array(length);
    const bytes = this.#bytes;
    let all = 0;
    let to = 0;
    for (let row = 0; row < rows; row++) {
      const start = this.#starts[row] as number;
      const end = start + (this.#lengths[row] as number);
      for (let at = start; at < end; at++) {
        const byte = bytes[at] as number;
        all |= byte;
        joined[to++] = byte;
      }
      joined[to++] = byteAfter;
    }
    return { bytes: joined, plain: all < 128 };
  }

  /** Returns the number of bytes with which all of these rows' names begin. */
  commonPrefix(rows: Uint32Array, from: number, to: number, known: number): number {
    const first = rows[from] as number;
    const start = this.#starts[first] as number;
    let common = this.#lengths[first] as number;
    for (let index = from + 1; index < to && common > known; index++) {
      const row = rows[index] as number;
      const other = this.#starts[row] as number;
      const limit = Math.min(common, this.#lengths[row] as number);
      let at = known;
      while (at < limit && this.#bytes[start + at] === this.#bytes[other + at]) at++;
      common = at;
    }
    return common;
  }

  /** Returns four bytes of a name from a position on as one number; bytes past its end are 0, which no name has. */
  word(row: number, position: number): number {
    const start = (this.#starts[row] as number) + position;
    const left = (this.#lengths[row] as number) - position;
    const bytes = this.#bytes;
    const byte = (index: number) => (index < left ? (bytes[start + index] as number) : 0);
    return ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0;
  }

  /** Compares as Postgres does under the C collation. */
  compare(one: number, other: number): number {
    const a = this.#starts[one] as number;
    const b = this.#starts[other] as number;
    const lengthA = this.#lengths[one] as number;
    const lengthB = this.#lengths[other] as number;
    const length = Math.min(lengthA, lengthB);
    const bytes = this.#bytes;
    for (let at = 0; at < length; at++) {
      const difference = (bytes[a + at] as number) - (bytes[b + at] as number);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  /** Gives back the memory beyond the first `rows` rows. */
  trim(rows: number): void {
    this.#bytes = copied(this.#bytes, this.#end);
    this.#starts = copied(this.#starts, rows);
    this.#lengths = copied(this.#lengths, rows);
  }

  /** Returns the column's own arrays, for {@link NameColumn.restore}. */
  arrays(rows: number): {
    bytes: Uint8Array<ArrayBuffer>;
    starts: Uint32Array<ArrayBuffer>;
    lengths: Uint16Array<ArrayBuffer>;
  } {
    return {
      bytes: this.#bytes.subarray(0, this.#end),
      starts: this.#starts.subarray(0, rows),
      lengths: this.#lengths.subarray(0, rows),
    };
  }

  /** Takes over what another column had. */
  restore({ bytes, starts, lengths }: ReturnType<NameColumn['arrays']>): void {
    this.#bytes = bytes;
    this.#starts = starts;
    this.#lengths = lengths;
    this.#end = bytes.length;
    this.#used = 0;
    for (const length of lengths) this.#used += length;
  }

  get byteLength(): number {
    return this.#bytes.byteLength + this.#starts.byteLength + this.#lengths.byteLength;
  }

  #makeRoom(length: number): void {
    const wanted = this.#used + length;
    // Names that were replaced leave gaps, which are closed when they are a quarter.
    if (this.#end < wanted * 1.25) {
      this.#bytes = copied(this.#bytes, grownLength(this.#end + length, this.#bytes.length));
      return;
    }
    const bytes = new Uint8Array(grownLength(wanted, 0));
    let end = 0;
    for (let row = 0; row < this.#starts.length; row++) {
      const name = this.bytesOf(row);
      bytes.set(name, end);
      this.#starts[row] = end;
      end += name.length;
    }
    this.#bytes = bytes;
    this.#end = end;
  }
}

/** Returns a length that holds a place `at`, with room for a quarter more. */
function grownLength(at: number, length: number): number {
  return Math.max(at + 1, length + (length >>> 2));
}

function copied<Array extends Codes>(array: Array, length: number): Array {
  const larger = new (array.constructor as new (length: number) => Array)(length);
  larger.set(array.subarray(0, Math.min(array.length, length)));
  return larger;
}
