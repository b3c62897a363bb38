import type { LogOffset } from '../wire/offset.ts';
import { BLOCK_BYTES, type BlockCache } from './block-cache.ts';
import type { StoredFile } from './stored-file.ts';

/** A part of what is stored, as its readers stream it. */
export interface LogSlice {
  /** Names its bytes: equal for readers who get the same ones. */
  readonly id: string;
  /** Of the JSON; of the log without brackets, messages with commas between them. 0: nothing after the offset. */
  readonly bytes: number;
  /** Where a reader stands after it. */
  readonly end: LogOffset;
  /** Nothing committed follows. */
  readonly complete: boolean;
  /**
   * The bytes in order; each buffer at most 256 kB and shared with other readers: not to be written to. To be called
   * in the same tick as what returned the slice; from then on what is read stays there until the iteration has ended.
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

/** A generator would take the lease only when its first block is asked for, which may be too late. */
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
