/** Reads the bytes of a pickle from front to end. */
import { BoundedBytes } from '../../tools/bounded-bytes.ts';
import { damaged, endsTooEarly } from '../values/face-problem.ts';

export class PickleInput extends BoundedBytes {
  constructor(bytes: Buffer) {
    super(bytes, endsTooEarly);
  }

  /** Reads a length that Python stores as a signed number. */
  length32(): number {
    const length = this.int32();
    if (length < 0) throw damaged('a length is negative');
    return length;
  }

  /** Reads up to the next line feed, which is skipped. */
  line(): Buffer {
    const end = this.rest().indexOf(0x0a);
    if (end === -1) throw endsTooEarly();
    const line = this.take(end);
    this.take(1);
    return line;
  }
}
