/** Reads the header of an EXR file on disk, however long: some carry a manifest of several megabytes. */
import { constants, type FileHandle, open } from 'node:fs/promises';
import { ExrHeaderCut } from './exr-bytes.ts';
import { type ExrHeader, parseExrHeader } from './exr-header.ts';

/** Bytes to try, in order: nearly all headers fit in the first. */
const LENGTHS = [64 * 1024, 1024 * 1024, 64 * 1024 * 1024];

/**
 * @param file absolute.
 * @throws ExrHeaderError; the file system's error.
 */
export async function readExrHeader(file: string | Buffer): Promise<ExrHeader> {
  // Never blocks on a pipe or device that replaced the regular file.
  await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const { size } = await handle.stat();
  for (const length of LENGTHS) {
    const start = await readStart(handle, Math.min(length, size));
    try {
      return parseExrHeader(start);
    } catch (error) {
      if (!(error instanceof ExrHeaderCut) || start.length >= size || start.length < length) throw error;
    }
  }
  throw new ExrHeaderCut('it is longer than 64 MiB');
}

async function readStart(handle: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
