/** The bytes of a pickle, read from front to end; never past it. */
import { damaged, endsTooEarly } from '../face-problem.ts';

export class PickleInput {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Bytes. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw endsTooEarly();
    return byte;
  }

  /** @param length as the file claims it: compared before anything is allocated. */
  take(length: number): Buffer {
    const start = this.#skip(length);
    return this.#bytes.subarray(start, this.#at);
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

  /** A length that Python has as a signed number. */
  length32(): number {
    const length = this.int32();
    if (length < 0) throw damaged('a length is negative');
    return length;
  }

  double(): number {
    return this.#bytes.readDoubleBE(this.#skip(8));
  }

  /** Up to the next line feed, which is skipped. */
  line(): Buffer {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end === -1) throw endsTooEarly();
    const line = this.#bytes.subarray(this.#at, end);
    this.#at = end + 1;
    return line;
  }

  /** @returns where the skipped bytes begin. */
  #skip(length: number): number {
    if (!(length <= this.left)) throw endsTooEarly();
    const start = this.#at;
    this.#at += length;
    return start;
  }
}
