/**
 * Computes `assets.content_hash`: hex SHA-256 over the size and the bytes of a file. Files up to 4 MiB are hashed
 * whole; of larger files the first, middle and last MiB, so that an hour of video on a NAS costs three short reads. Two
 * large files of equal size that differ only elsewhere share a hash.
 *
 * A sequence's hash is the SHA-256 over its frames' numbers and hashes, one `<frame> <hash>` line each.
 */
import { createHash, type Hash } from 'node:crypto';
import { constants, type FileHandle, open } from 'node:fs/promises';

/** Bytes. */
export const WHOLE_FILE_LIMIT = 4 * 1024 * 1024;
/** Bytes. */
const SAMPLE_SIZE = 1024 * 1024;

/** Returns the parts of a file that its hash covers: [start, end) in bytes. */
function hashedRanges(size: number): [start: number, end: number][] {
  if (size <= WHOLE_FILE_LIMIT) return [[0, size]];
  const middle = Math.floor((size - SAMPLE_SIZE) / 2);
  return [
    [0, SAMPLE_SIZE],
    [middle, middle + SAMPLE_SIZE],
    [size - SAMPLE_SIZE, size],
  ];
}

/** @throws the file system's error when the file cannot be opened or read. */
export async function hashFile(file: string | Buffer): Promise<string> {
  // Never blocks on a pipe or device that replaced the regular file.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = await handle.stat();
    const hash = createHash('sha256').update(`${size}\n`);
    for (const [start, end] of hashedRanges(size)) await hashRange(handle, hash, start, end);
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}

/** Computes the hash of a file whose bytes are in memory. */
export function hashBytes(bytes: Buffer): string {
  const hash = createHash('sha256').update(`${bytes.length}\n`);
  for (const [start, end] of hashedRanges(bytes.length)) hash.update(bytes.subarray(start, end));
  return hash.digest('hex');
}

/** Computes the hash of an asset's files. @param frames their numbers; null for a single file. */
export async function hashFiles(
  { files, frames }: { readonly files: readonly [string, ...string[]]; readonly frames: readonly number[] | null },
  signal: AbortSignal,
): Promise<string> {
  if (frames === null) return hashFile(files[0]);
  return hashSequence(
    files.map((file, index) => ({ frame: frames[index] ?? 0, file })),
    signal,
  );
}

/** @param frames in frame order. */
async function hashSequence(frames: readonly { frame: number; file: string }[], signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (const { frame, file } of frames) {
    signal.throwIfAborted();
    hash.update(`${frame} ${await hashFile(file)}\n`);
  }
  return hash.digest('hex');
}

async function hashRange(handle: FileHandle, hash: Hash, start: number, end: number): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(SAMPLE_SIZE, end - start));
  for (let position = start; position < end; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, end - position), position);
    if (bytesRead === 0) return;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}
