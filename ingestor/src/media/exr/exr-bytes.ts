/** Reads the numbers and texts of an EXR header. */
import { BoundedBytes } from '../tools/bounded-bytes.ts';

/** The bytes are not an EXR header, or the header is invalid. The message is half a sentence: 'a name has no end'. */
export class ExrHeaderError extends Error {
  override readonly name: string = 'ExrHeaderError';
}

/** The bytes end before the header does; the file may hold more of it. */
export class ExrHeaderCut extends ExrHeaderError {
  override readonly name = 'ExrHeaderCut';
}

/** The file is not EXR. */
export class NoExr extends ExrHeaderError {
  override readonly name = 'NoExr';
}

/** Longest name in bytes, with the flag for long names; older files allow 31. */
const LONGEST_NAME = 255;

export class ExrBytes extends BoundedBytes {
  constructor(bytes: Buffer) {
    super(bytes, () => new ExrHeaderCut('it ends too early'));
  }

  text(length: number): string {
    return this.take(length).toString('utf8');
  }

  /** Reads a name and its terminating zero; '' ends a list of names. */
  name(): string {
    const end = this.rest()
      .subarray(0, LONGEST_NAME + 1)
      .indexOf(0);
    if (end < 0 && this.left <= LONGEST_NAME) throw new ExrHeaderCut('it ends within a name');
    if (end < 0) throw new ExrHeaderError('a name in it has no end');
    const name = this.text(end);
    this.take(1);
    return name;
  }

  /** Takes the next `length` bytes as a reader of their own. */
  part(length: number): ExrBytes {
    if (length < 0) throw new ExrHeaderError('a length in it is negative');
    return new ExrBytes(this.take(length));
  }

  /** Returns a second reader over the bytes that are left. */
  from(): ExrBytes {
    return new ExrBytes(this.rest());
  }

  /** Returns true when the next byte is zero. */
  atZero(): boolean {
    return this.from().uint8() === 0;
  }
}
