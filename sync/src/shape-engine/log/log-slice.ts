import type { LogOffset } from '../wire/offset.ts';
import { BLOCK_BYTES, type BlockCache } from './block-cache.ts';
import type { StoredFile } from './stored-file.ts';

/** A part of the stored log or snapshot, in the form readers stream it. */
export interface LogSlice {
  /** Identifies the slice's bytes: equal for readers that get the same bytes. */
  readonly id: string;
  /** Length of the JSON; for the log, without brackets and with commas between messages. 0 when nothing follows the offset. */
  readonly bytes: number;
  /** A reader's offset after the slice. */
  readonly end: LogOffset;
  /** True if no committed message follows. */
  readonly complete: boolean;
  /**
   * Returns the bytes in order, in read-only buffers of at most 256 kB that readers share. Must be called in the same tick
   * as the method that returned the slice; from then on the bytes stay available until the iteration ends.
   */
  blocks(): AsyncIterable<Buffer>;
}

export interface FileRange {
  readonly file: StoredFile;
  readonly from: number;
  readonly to: number;
}

export function sliceOf(cache: BlockCache, ranges: readonly FileRange[], end: LogOffset, complete: boolean): LogSlice {
  return {
    id: ranges.map(({ file, from, to }) => `${file.id}:${from}-${to}`).join(),
    bytes: ranges.reduce((sum, { from, to }) => sum + to - from, 0),
    end,
    complete,
    blocks: () => leasedBlocks(cache, ranges),
  };
}

/** Takes the lease at once. A generator would take it only when its first block is requested, which may be too late. */
function leasedBlocks(cache: BlockCache, ranges: readonly FileRange[]): AsyncIterableIterator<Buffer> {
  const blocks = blocksOf(cache, ranges);
  let leased = true;
  for (const { file } of ranges) file.lease();
  const release = () => {
    if (leased) for (const { file } of ranges) file.release();
    leased = false;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const result = await blocks.next();
        if (result.done) release();
        return result;
      } catch (error) {
        release();
        throw error;
      }
    },
    async return() {
      release();
      return await blocks.return(undefined);
    },
  };
}

async function* blocksOf(cache: BlockCache, ranges: readonly FileRange[]): AsyncGenerator<Buffer, undefined> {
  for (const { file, from, to } of ranges) {
    for (let position = from; position < to; ) {
      const index = Math.floor(position / BLOCK_BYTES);
      const start = index * BLOCK_BYTES;
      const end = Math.min(to, start + BLOCK_BYTES);
      const block = await cache.get(file, index, end - start);
      yield block.subarray(position - start);
      position = end;
    }
  }
}
