/**
 * Checks that an EXR file holds all its pixels, using the offset table that follows its header. ffmpeg decodes a
 * truncated file without reporting the missing part.
 */
import { constants, open } from 'node:fs/promises';
import type { ExrHeader } from './exr-header.ts';

/** Lines in a block, by compression; 1 for the others. */
const LINES: Readonly<Record<string, number>> = { zip: 16, pxr24: 16, piz: 32, b44: 32, b44a: 32, dwaa: 32, dwab: 256 };
/** Most offsets that are read; a picture of ten million lines is not real. */
const MOST_BLOCKS = 4_000_000;

/** @param file absolute, of one part. @throws the file system's error. */
export async function isExrWhole(file: string, header: ExrHeader): Promise<boolean> {
  const blocks = blocksOf(header);
  if (blocks > MOST_BLOCKS) return false;
  await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const { size } = await handle.stat();
  const table = Buffer.alloc(blocks * 8);
  const { bytesRead } = await handle.read(table, 0, table.length, header.length);
  if (bytesRead < table.length) return false;
  let last = 0;
  for (let block = 0; block < blocks; block += 1) {
    const place = Number(table.readBigUInt64LE(block * 8));
    // A program that was interrupted leaves the offsets unwritten; damaged ones may exceed what can be read at all.
    if (place === 0 || place >= size) return false;
    last = Math.max(last, place);
  }
  // A block begins with its line, or with its tile and level, followed by its length.
  const head = header.tiled ? 20 : 8;
  const start = Buffer.alloc(head);
  if ((await handle.read(start, 0, head, last)).bytesRead < head) return false;
  return last + head + start.readInt32LE(head - 4) <= size;
}

/** Counts the blocks of the largest level, which come first. */
function blocksOf({ tiled, parts: [{ dataWindow, tiles, compression = 'none' }] }: ExrHeader): number {
  const [left, top, right, bottom] = dataWindow;
  if (!tiled) return Math.ceil((bottom - top) / (LINES[compression] ?? 1));
  const { width = 1, height = 1 } = tiles ?? {};
  return Math.ceil((right - left) / Math.max(1, width)) * Math.ceil((bottom - top) / Math.max(1, height));
}
