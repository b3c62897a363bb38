/** Response bodies built from parts of a shape's log. All readers of the same part share its blocks. */
import { ReadableStream } from 'node:stream/web';
import type { LogSlice } from '../log/log-slice.ts';

/** Builds a body when needed, in the tick in which the log was read: a HEAD has no body. */
export type Body = () => BodyInit | Promise<BodyInit>;

/** Bodies up to this size are sent as one piece that belongs to the reader: a thousand may wait for the same transaction. */
const WHOLE_BYTES = 16 * 1024;

/** Returns a chunk of the snapshot, which is a complete body. */
export function chunkBody(slice: LogSlice): Body {
  return () => bodyOf(slice, '', '');
}

/** Returns the log's messages as an array, followed by `last`, a message as JSON text. */
export function logBody(slice: LogSlice, last: string | null): Body {
  const end = `${slice.bytes > 0 && last !== null ? ',' : ''}${last ?? ''}]`;
  return () => bodyOf(slice, '[', end);
}

function bodyOf(slice: LogSlice, before: string, after: string): BodyInit | Promise<BodyInit> {
  if (slice.bytes > WHOLE_BYTES) return streamed(slice.blocks(), before, after);
  return whole(slice.blocks(), before, after);
}

async function whole(blocks: AsyncIterable<Buffer>, before: string, after: string): Promise<BodyInit> {
  const parts: Buffer[] = [Buffer.from(before)];
  for await (const block of blocks) parts.push(block);
  return Buffer.concat([...parts, Buffer.from(after)]) as BodyInit;
}

/** Reads as fast as its reader does, holding one block at a time. */
function streamed(iterable: AsyncIterable<Buffer>, before: string, after: string): BodyInit {
  const blocks = iterable[Symbol.asyncIterator]();
  const stream = new ReadableStream<Buffer>(
    {
      start(controller) {
        if (before !== '') controller.enqueue(Buffer.from(before));
      },
      async pull(controller) {
        const { done, value } = await blocks.next();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        if (after !== '') controller.enqueue(Buffer.from(after));
        controller.close();
      },
      // Releases the blocks even of a stream that was never read.
      async cancel() {
        await blocks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return stream as BodyInit;
}
