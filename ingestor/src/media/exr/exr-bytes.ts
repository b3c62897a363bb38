/** Reads the numbers and texts of an EXR header one after the other, and never past its end. */

/** The bytes are no EXR header, or one that makes no sense. Its message is a half sentence: 'a name has no end'. */
export class ExrHeaderError extends Error {
  override readonly name: string = 'ExrHeaderError';
}

/** The bytes end before the header does: there may be more of it in the file. */
export class ExrHeaderCut extends ExrHeaderError {
  override readonly name = 'ExrHeaderCut';
}

/** The file is of another kind. */
export class NoExr extends ExrHeaderError {
  override readonly name = 'NoExr';
}

/** Bytes that a name may have, with the flag for long names; older files have 31. */
const LONGEST_NAME = 255;

export class ExrBytes {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  int32(): number {
    return this.#bytes.readInt32LE(this.#take(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  float(): number {
    return this.#bytes.readFloatLE(this.#take(4));
  }

  text(length: number): string {
    const start = this.#take(length);
    return this.#bytes.toString('utf8', start, start + length);
  }

  /** A name and the zero that ends it; '' where a list of names ends. */
  name(): string {
    const end = this.#bytes.subarray(this.#at, this.#at + LONGEST_NAME + 1).indexOf(0);
    if (end < 0 && this.left <= LONGEST_NAME) throw new ExrHeaderCut('it ends within a name');
    if (end < 0) throw new ExrHeaderError('a name in it has no end');
    const name = this.text(end);
    this.#at += 1;
    return name;
  }

  /** The next bytes by themselves. */
  part(length: number): ExrBytes {
    const start = this.#take(length);
    return new ExrBytes(this.#bytes.subarray(start, start + length));
  }

  /** The same bytes, to be read once more. */
  from(): ExrBytes {
    return new ExrBytes(this.#bytes.subarray(this.#at));
  }

  /** Whether the next byte is a zero. */
  atZero(): boolean {
    const at = this.#take(1);
    this.#at = at;
    return this.#bytes[at] === 0;
  }

  skip(length: number): void {
    this.#take(length);
  }

  #take(length: number): number {
    if (length < 0) throw new ExrHeaderError('a length in it is negative');
    if (length > this.left) throw new ExrHeaderCut('it ends too early');
    const at = this.#at;
    this.#at += length;
    return at;
  }
}
