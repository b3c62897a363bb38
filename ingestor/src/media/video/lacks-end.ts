/**
 * Detects that the end of an Ogg or Windows Media file is missing. Neither format states how long a truncated file
 * should last, but Ogg consists of pages that state their length (RFC 3533), and ASF states the size of the whole file
 * (Microsoft, ASF 1.20, 3.2).
 */
import { constants, type FileHandle, open } from 'node:fs/promises';

/** Bytes of the longest Ogg page: a header of 27, 255 lengths, and 255 segments of 255. */
const LONGEST_PAGE = 27 + 255 + 255 * 255;
const [ASF_HEADER, FILE_PROPERTIES] = ['3026b2758e66cf11a6d900aa0062ce6c', 'a1dcab8c47a9cf118ee400c00c205365'];
/** Bytes of an ASF header that are searched. */
const LONGEST_HEADER = 64 * 1024;

/** @param file absolute. @returns false for a file of another kind. @throws the file system's error */
export async function lacksEnd(file: string): Promise<boolean> {
  // Never blocks on a pipe or device that replaced the regular file.
  await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const { size } = await handle.stat();
  const start = await readAt(handle, 0, 16);
  if (start.toString('latin1', 0, 4) === 'OggS') return endsWithinPage(handle, size);
  return start.toString('hex') === ASF_HEADER && (await writtenSize(handle)) > size;
}

async function endsWithinPage(handle: FileHandle, size: number): Promise<boolean> {
  const from = Math.max(0, size - LONGEST_PAGE);
  const bytes = await readAt(handle, from, size - from);
  const at = bytes.lastIndexOf('OggS', undefined, 'latin1');
  // Other data may follow the last page.
  if (at < 0) return false;
  const header = bytes.subarray(at, at + 27);
  if (header.length < 27) return true;
  // Audio data may contain these letters by chance: a page has version 0 and three flags.
  if (header[4] !== 0 || (header[5] ?? 0) > 7) return false;
  const lengths = bytes.subarray(at + 27, at + 27 + (header[26] ?? 0));
  const length = lengths.reduce((sum, each) => sum + each, 0);
  return lengths.length < (header[26] ?? 0) || at + 27 + lengths.length + length > bytes.length;
}

/** Returns the bytes that the file should have; 0 when unknown, as for a broadcast. */
async function writtenSize(handle: FileHandle): Promise<number> {
  const header = await readAt(handle, 0, LONGEST_HEADER);
  const at = header.indexOf(Buffer.from(FILE_PROPERTIES, 'hex'));
  if (at < 0 || at + 92 > header.length) return 0;
  const isBroadcast = (header.readUInt32LE(at + 88) & 1) === 1;
  return isBroadcast ? 0 : Number(header.readBigUInt64LE(at + 40));
}

async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}
