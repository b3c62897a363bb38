/** Bodies of responses, from parts of a shape's log. Their blocks are shared with all who read the same. */
import { ReadableStream } from 'node:stream/web';
import type { LogSlice } from '../log/log-slice.ts';

/** Made when it is needed, in the tick in which the log was read: a HEAD has none. */
export type Body = () => BodyInit | Promise<BodyInit>;

/** Up to so much is sent in one piece, which is the reader's own: a thousand may wait for the same transaction. */
const WHOLE_BYTES = 16 * 1024;

/** A chunk of the snapshot is a body already. */
export function chunkBody(slice: LogSlice): Body {
  return () => bodyOf(slice, '', '');
}

/** Messages of the log as an array; `last` is one more, as JSON text. */
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

/** Reads on as its reader does, and holds one block meanwhile. */
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
      // Also of one that nobody ever read from: what the blocks hold on to is let go.
      async cancel() {
        await blocks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return stream as BodyInit;
}
