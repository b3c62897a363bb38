/** Reads the numbers and texts of an EXR header. */
import { BoundedBytes } from '../tools/bounded-bytes.ts';

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

export class ExrBytes extends BoundedBytes {
  constructor(bytes: Buffer) {
    super(bytes, () => new ExrHeaderCut('it ends too early'));
  }

  text(length: number): string {
    return this.take(length).toString('utf8');
  }

  /** A name and the zero that ends it; '' where a list of names ends. */
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

  /** The next bytes by themselves. */
  part(length: number): ExrBytes {
    if (length < 0) throw new ExrHeaderError('a length in it is negative');
    return new ExrBytes(this.take(length));
  }

  /** The same bytes, to be read once more. */
  from(): ExrBytes {
    return new ExrBytes(this.rest());
  }

  /** Whether the next byte is a zero. */
  atZero(): boolean {
    return this.from().uint8() === 0;
  }
}
