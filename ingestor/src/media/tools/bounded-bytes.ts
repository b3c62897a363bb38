/** Reads numbers and parts of a buffer in order, and never past its end. */

export class BoundedBytes {
  readonly #bytes: Buffer;
  readonly #endsTooEarly: () => Error;
  #at = 0;

  /** @param endsTooEarly creates the error to throw when more is requested than is left. */
  constructor(bytes: Buffer, endsTooEarly: () => Error) {
    this.#bytes = bytes;
    this.#endsTooEarly = endsTooEarly;
  }

  /** Bytes. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#skip(1));
  }

  uint16(): number {
    return this.#bytes.readUInt16LE(this.#skip(2));
  }

  int32(): number {
    return this.#bytes.readInt32LE(this.#skip(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#skip(4));
  }

  /** Inexact above 2^53, which is longer than any file. */
  uint64(): number {
    return Number(this.#bytes.readBigUInt64LE(this.#skip(8)));
  }

  float(): number {
    return this.#bytes.readFloatLE(this.#skip(4));
  }

  /** Big-endian, as in pickles. */
  double(): number {
    return this.#bytes.readDoubleBE(this.#skip(8));
  }

  /** @param length from the file; it is checked before anything is allocated. */
  take(length: number): Buffer {
    const start = this.#skip(length);
    return this.#bytes.subarray(start, this.#at);
  }

  /** Returns the remaining bytes without consuming them. */
  rest(): Buffer {
    return this.#bytes.subarray(this.#at);
  }

  /** @returns the offset of the first skipped byte. */
  #skip(length: number): number {
    if (!(length >= 0 && length <= this.left)) throw this.#endsTooEarly();
    const start = this.#at;
    this.#at += length;
    return start;
  }
}
