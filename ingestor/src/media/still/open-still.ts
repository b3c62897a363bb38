/** Reads a picture file once; everything else is derived from that read. */
import { close, constants, fstat, open, read } from 'node:fs';
import { promisify } from 'node:util';
import { MediaProblem } from '../tools/media-problem.ts';
import { nounOf } from '../tools/media-source.ts';
import { ReadBuffers } from './read-buffers.ts';
import { SIGNATURE_SIZE } from './still-format.ts';

/** Bytes; a larger file is not held in memory, and its readers access the disk directly. */
const MEMORY_LIMIT = 256 * 1024 * 1024;

export interface OpenedStill {
  /** Absolute. */
  readonly file: string;
  /** The whole file; null when it exceeds the memory limit. */
  readonly bytes: Buffer | null;
  /** The first bytes of the file, whatever its size. */
  readonly signature: Buffer;
}

// Costs half as much as a FileHandle, which matters for many small files.
const [openFile, statFile, readFile, closeFile] = [
  promisify(open),
  promisify(fstat),
  promisify(read),
  promisify(close),
];
const buffers = new ReadBuffers();

/**
 * @param use receives the file; its bytes are valid only until the promise settles.
 * @throws the file system's error; MediaProblem when the path is not a regular file, or the file is empty.
 */
export async function withStill<T>(
  file: string,
  use: (opened: OpenedStill) => Promise<T>,
  memoryLimit = MEMORY_LIMIT,
): Promise<T> {
  // Never blocks on a pipe or device that replaced the regular file.
  const handle = await openFile(file, constants.O_RDONLY | constants.O_NONBLOCK);
  let buffer: Buffer | null = null;
  try {
    let opened: OpenedStill;
    try {
      const stats = await statFile(handle);
      if (!stats.isFile()) throw new MediaProblem(`${nounOf(file)} is not a regular file.`);
      if (stats.size === 0) throw new MediaProblem(`${nounOf(file)} is empty.`);
      const whole = stats.size <= memoryLimit;
      const size = whole ? stats.size : SIGNATURE_SIZE;
      buffer = buffers.take(size);
      const bytes = buffer.subarray(0, await fill(handle, buffer.subarray(0, size)));
      opened = { file, bytes: whole ? bytes : null, signature: bytes.subarray(0, SIGNATURE_SIZE) };
    } finally {
      await closeFile(handle);
    }
    return await use(opened);
  } finally {
    if (buffer !== null) buffers.giveBack(buffer);
  }
}

async function fill(handle: number, buffer: Buffer): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await readFile(handle, buffer, filled, buffer.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
