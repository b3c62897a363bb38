/** One read of a picture file, from which everything else is made. */
import { constants, open } from 'node:fs/promises';
import { MediaProblem } from './media-problem.ts';
import { nounOf } from './media-source.ts';
import { SIGNATURE_SIZE } from './still-format.ts';

/** Bytes; a larger file is not held in memory, and its readers go to the disk themselves. */
export const MEMORY_LIMIT = 256 * 1024 * 1024;

export interface OpenedStill {
  /** Absolute. */
  readonly file: string;
  /** The whole file; null when it is too large for that. */
  readonly bytes: Buffer | null;
  /** The first bytes, of any file. */
  readonly signature: Buffer;
}

/** @throws the file system's error; MediaProblem when there is no file, or nothing in it. */
export async function openStill(file: string, memoryLimit = MEMORY_LIMIT): Promise<OpenedStill> {
  // Never waits for the other end of something that is no longer a regular file.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new MediaProblem(`${nounOf(file)} is no regular file.`);
    if (stats.size === 0) throw new MediaProblem(`${nounOf(file)} is empty.`);
    const whole = stats.size <= memoryLimit;
    const buffer = Buffer.allocUnsafeSlow(whole ? stats.size : SIGNATURE_SIZE);
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const bytes = buffer.subarray(0, filled);
    return { file, bytes: whole ? bytes : null, signature: bytes.subarray(0, SIGNATURE_SIZE) };
  } finally {
    await handle.close();
  }
}
