import { read } from 'node:fs';
import { promisify } from 'node:util';
import { decodeMark, MARK_BYTES, type Mark } from './mark.ts';
import type { OpenFiles } from './open-files.ts';
import type { Segment } from './segment.ts';
import { lastBoundary, splitMessages } from './split-messages.ts';

const readFrom = promisify(read);
/** Small, because all messages in a block are parsed in one go while others wait. */
const BLOCK_BYTES = 64 * 1024;
const MARKS_AT_ONCE = 4096;

export interface PlacedMessage {
  readonly message: Buffer;
  /** Marks after the message, in order; several where the messages between them are gone. */
  readonly marks: readonly Mark[];
}

/** Yields all messages of a segment without a writer, some at a time, bypassing the readers' cache. */
export async function* segmentMessages(segment: Segment, files: OpenFiles): AsyncGenerator<PlacedMessage[]> {
  const marks = new MarkReader(segment);
  let rest: Buffer = Buffer.alloc(0);
  let position = 0;
  for (let done = 0; done < segment.data.size; ) {
    const block = Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, segment.data.size - done));
    const at = done;
    const { bytesRead } = await files.use(segment.data, (fd) => readFrom(fd, block, 0, block.length, at));
    if (bytesRead === 0) throw new Error(`${segment.data.path} ends before byte ${segment.data.size}`);
    done += bytesRead;
    const text = Buffer.concat([rest, block.subarray(0, bytesRead)]);
    const whole = done === segment.data.size ? text.length - 1 : lastBoundary(text);
    rest = text.subarray(whole === 0 ? 0 : whole + 1);
    if (whole === 0) continue;
    yield splitMessages(text.subarray(0, whole)).map((message) => {
      position += message.length + 1;
      return { message, marks: marks.upTo(position) };
    });
  }
}

/** Reads a segment's marks in order, a page at a time. */
class MarkReader {
  readonly #segment: Segment;
  #page: Buffer = Buffer.alloc(0);
  #first = 0;
  #next = 0;

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  upTo(position: number): Mark[] {
    const marks: Mark[] = [];
    for (let mark = this.#peek(); mark && mark.position <= position; mark = this.#peek()) {
      marks.push(mark);
      this.#next++;
    }
    return marks;
  }

  #peek(): Mark | null {
    const { count } = this.#segment;
    if (this.#next >= count) return null;
    if (this.#next >= this.#first + this.#page.length / MARK_BYTES) {
      this.#first = this.#next;
      this.#page = this.#segment.page(this.#first, Math.min(count, this.#first + MARKS_AT_ONCE));
    }
    return decodeMark(this.#page, this.#next - this.#first);
  }
}
