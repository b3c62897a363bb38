/**
 * Lets a format's reader request the parts of a file that it needs, whether the file is in memory or on disk: a
 * generator yields ranges and receives their bytes.
 */
import type { FileHandle } from 'node:fs/promises';
import { fileEndsTooEarly } from './values/face-problem.ts';

/** In bytes. */
interface ByteRange {
  readonly start: number;
  readonly length: number;
}

export type ByteReader<T> = Generator<ByteRange, T, Buffer>;

/** Bytes; the least that is read from a disk at once. */
const WINDOW = 4096;

/** @throws FaceProblem when the range exceeds the file. */
export function* bytesAt(start: number, length: number, size: number): ByteReader<Buffer> {
  if (!(start + length <= size)) throw fileEndsTooEarly();
  return yield { start, length };
}

export function readBytes<T>(reader: ByteReader<T>, bytes: Buffer): T {
  let step = reader.next();
  while (step.done !== true) {
    const { start, length } = step.value;
    step = reader.next(bytes.subarray(start, start + length));
  }
  return step.value;
}

/** Reads a few kilobytes for each chunk of the format, whatever the file's size. */
export async function readHandle<T>(reader: ByteReader<T>, handle: FileHandle): Promise<T> {
  let [window, windowStart] = [Buffer.alloc(0), 0];
  let step = reader.next();
  while (step.done !== true) {
    const { start, length } = step.value;
    if (start < windowStart || start + length > windowStart + window.length) {
      const buffer = Buffer.allocUnsafe(Math.max(length, WINDOW));
      window = buffer.subarray(0, await fill(handle, buffer, start));
      windowStart = start;
      // The file shrank while it was read.
      if (window.length < length) throw fileEndsTooEarly();
    }
    step = reader.next(window.subarray(start - windowStart, start - windowStart + length));
  }
  return step.value;
}

/** @returns the number of bytes read. */
async function fill(handle: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
