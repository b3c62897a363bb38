/**
 * Reads the rows of `COPY … TO … (FORMAT binary)`: https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-FILE-FORMATS.
 */
import { COPY_HEADER } from '@ingesthub/schema/values/copy-binary.ts';

/** Postgres counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_US = 946_684_800_000_000;

/** The fields of the row that is being read. */
export class CopiedRow {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;

  constructor(bytes: Uint8Array, fields: number) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#starts = new Int32Array(fields);
    this.#ends = new Int32Array(fields);
  }

  /** Moves to the row at `at`. @returns the position behind it; -1: there is no further row. */
  moveTo(at: number): number {
    const fields = this.#view.getInt16(at);
    if (fields === -1) return -1;
    if (fields !== this.#starts.length) {
      throw new RangeError(`A copied row has ${fields} fields instead of ${this.#starts.length}.`);
    }
    let position = at + 2;
    for (let field = 0; field < fields; field++) {
      const length = this.#view.getInt32(position);
      position += 4;
      this.#starts[field] = length === -1 ? -1 : position;
      if (length !== -1) position += length;
      this.#ends[field] = position;
    }
    return position;
  }

  isNull(field: number): boolean {
    return this.#starts[field] === -1;
  }
  start(field: number): number {
    return this.#starts[field] as number;
  }
  end(field: number): number {
    return this.#ends[field] as number;
  }
  int4(field: number): number {
    return this.isNull(field) ? Number.NaN : this.#view.getInt32(this.start(field));
  }
  /** Exact up to 2^53. */
  int8(field: number): number {
    if (this.isNull(field)) return Number.NaN;
    const at = this.start(field);
    return this.#view.getInt32(at) * 2 ** 32 + this.#view.getUint32(at + 4);
  }
  float4(field: number): number {
    return this.isNull(field) ? Number.NaN : this.#view.getFloat32(this.start(field));
  }
  float8(field: number): number {
    return this.isNull(field) ? Number.NaN : this.#view.getFloat64(this.start(field));
  }
  /** Milliseconds since 1970, with microseconds as a fraction. */
  time(field: number): number {
    // Added before the division, which is then the only rounding.
    return (this.int8(field) + POSTGRES_EPOCH_US) / 1000;
  }
}

/** Calls `read` for each row, with the same object each time. @param fields of each row. */
export function readCopied(bytes: Uint8Array, fields: number, read: (row: CopiedRow) => void): void {
  const row = new CopiedRow(bytes, fields);
  for (let at = row.moveTo(COPY_HEADER.length); at !== -1; at = row.moveTo(at)) read(row);
}
