/** Bodies of responses, from parts of a shape's log. Their blocks are shared with all who read the same. */
import { ReadableStream } from 'node:stream/web';
import type { LogSlice } from './log/log-slice.ts';

/** Made when it is needed, in the tick in which the log was read: a HEAD has none. */
export type Body = () => BodyInit | Promise<BodyInit>;

/** Up to so much is sent in one piece. */
const WHOLE_BYTES = 256 * 1024;

/** A chunk of the snapshot is a body already. */
export function chunkBody(slice: LogSlice): Body {
  return () => bodyOf(slice.blocks(), slice.bytes);
}

/** Messages of the log as an array; `last` is one more, as JSON text. */
export function logBody(slice: LogSlice, last: string | null): Body {
  const end = `${slice.bytes > 0 && last !== null ? ',' : ''}${last ?? ''}]`;
  return () => bodyOf(between('[', slice.blocks(), end), slice.bytes);
}

async function* between(before: string, blocks: AsyncIterable<Buffer>, after: string): AsyncGenerator<Buffer> {
  yield Buffer.from(before);
  yield* blocks;
  yield Buffer.from(after);
}

async function bodyOf(blocks: AsyncIterable<Buffer>, bytes: number): Promise<BodyInit> {
  if (bytes > WHOLE_BYTES) return ReadableStream.from(blocks) as BodyInit;
  const whole: Buffer[] = [];
  for await (const block of blocks) whole.push(block);
  return Buffer.concat(whole) as BodyInit;
}
