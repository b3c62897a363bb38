/**
 * Detects by its boxes that the end of an MP4 or QuickTime file is missing (ISO/IEC 14496-12, 4.2), as after an
 * interrupted copy.
 */
import { open } from 'node:fs/promises';

/** Top-level boxes; files have a handful, fragmented ones about two for each second. */
const MOST_BOXES = 10_000;

/** @param file absolute. @returns false for a file without such boxes. */
export async function isCutOff(file: string): Promise<boolean> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  const header = Buffer.alloc(16);
  let at = 0;
  for (let boxes = 0; boxes < MOST_BOXES && at < size; boxes += 1) {
    const { bytesRead } = await handle.read(header, 0, 16, at);
    const type = header.toString('latin1', 4, 8);
    // Zeros or other bytes that programs leave at the end.
    if (bytesRead < 8 || !/^[a-zA-Z0-9 \u00a9_-]{4}$/.test(type)) return false;
    const short = header.readUInt32BE(0);
    // Length 0: the box extends to the end of the file.
    if (short === 0) return false;
    if (short === 1 && bytesRead < 16) return true;
    const length = short === 1 ? Number(header.readBigUInt64BE(8)) : short;
    if (length < 8) return false;
    if (at + length > size) return type === 'mdat';
    at += length;
  }
  return false;
}
