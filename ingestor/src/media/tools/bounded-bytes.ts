/** Reads the numbers and parts of a buffer one after the other, and never past its end. */

export class BoundedBytes {
  readonly #bytes: Buffer;
  readonly #endsTooEarly: () => Error;
  #at = 0;

  /** @param endsTooEarly makes the error that is thrown when more is asked for than is left. */
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

  /** With its highest byte first, as pickles have it. */
  double(): number {
    return this.#bytes.readDoubleBE(this.#skip(8));
  }

  /** @param length as the file claims it: compared before anything is allocated. */
  take(length: number): Buffer {
    const start = this.#skip(length);
    return this.#bytes.subarray(start, this.#at);
  }

  /** Returns what is left, without reading it. */
  rest(): Buffer {
    return this.#bytes.subarray(this.#at);
  }

  /** @returns where the skipped bytes begin. */
  #skip(length: number): number {
    if (!(length >= 0 && length <= this.left)) throw this.#endsTooEarly();
    const start = this.#at;
    this.#at += length;
    return start;
  }
}
