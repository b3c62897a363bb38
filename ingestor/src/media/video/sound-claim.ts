/**
 * Reads the length that a file of uncompressed samples declares, where ffmpeg reports only the part that exists: WAV
 * with its larger variants RF64, BW64 and Sony Wave64, and Core Audio. Formats: EBU Tech 3306, ITU-R BS.2088, Apple's
 * Core Audio Format 1.0.
 */
import { constants, type FileHandle, open } from 'node:fs/promises';

export interface SoundClaim {
  /** Length if all samples were present; null when the file does not declare it. */
  readonly seconds: number | null;
  /** The recorder's XML (iXML); null when there is none. */
  readonly ixml: string | null;
}

/** Recorders write only a handful of chunks. */
const MOST_CHUNKS = 1000;
/** Bytes. */
const LARGEST_IXML = 1024 * 1024;
/** Placeholders of programs that do not know the length yet: nearly 2 or 4 GiB. */
const PLACEHOLDERS = [
  [0x7fff_0000, 0x8000_0000],
  [0xffff_0000, 0xffff_ffff],
] as const;

/** @param file absolute. @returns null for a file of another kind. @throws the file system's error */
export async function soundClaim(file: string): Promise<SoundClaim | null> {
  // Never blocks on a pipe or device that replaced the regular file.
  await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const start = await readAt(handle, 0, 40);
  const [first, form] = [start.toString('latin1', 0, 4), start.toString('latin1', 8, 12)];
  if (/^(?:RIFF|RF64|BW64)$/.test(first) && form === 'WAVE') return await claimOf(riffChunks(handle), handle);
  if (first === 'riff' && start.toString('latin1', 24, 28) === 'wave')
    return await claimOf(wave64Chunks(handle), handle);
  if (first === 'caff') return await claimOf(coreChunks(handle), handle);
  return null;
}

interface Chunk {
  readonly id: string;
  /** Offset of the content in the file, in bytes. */
  readonly at: number;
  /** Null when the chunk extends to the end of the file. */
  readonly length: number | null;
}

async function claimOf(chunks: AsyncGenerator<Chunk>, handle: FileHandle): Promise<SoundClaim> {
  let bytesASecond: number | null = null;
  let samples: number | null = null;
  let ixml: string | null = null;
  for await (const { id, at, length } of chunks) {
    if (id === 'fmt ') bytesASecond = (await readAt(handle, at + 8, 4)).readUInt32LE(0);
    if (id === 'desc') bytesASecond = coreRate(await readAt(handle, at, 32));
    if (id === 'data') samples = length;
    if (id === 'iXML') ixml = (await readAt(handle, at, Math.min(length ?? 0, LARGEST_IXML))).toString('utf8');
  }
  const knows = samples !== null && samples > 0 && bytesASecond !== null && bytesASecond > 0;
  return { seconds: knows ? (samples ?? 0) / (bytesASecond ?? 1) : null, ixml };
}

async function* riffChunks(handle: FileHandle): AsyncGenerator<Chunk> {
  const { size } = await handle.stat();
  let large: number | null = null;
  for (let at = 12, count = 0; at + 8 <= size && count < MOST_CHUNKS; count += 1) {
    const head = await readAt(handle, at, 8);
    const [id, written] = [head.toString('latin1', 0, 4), head.readUInt32LE(4)];
    if (id === 'ds64') large = Number((await readAt(handle, at + 16, 8)).readBigUInt64LE(0));
    const length = id === 'data' ? dataLength(written, large) : written;
    yield { id, at: at + 8, length };
    if (length === null) return;
    at += 8 + length + (length % 2);
  }
}

/** @param large length from the `ds64` chunk of a file beyond 4 GiB. @returns null when no length was written. */
function dataLength(written: number, large: number | null): number | null {
  if (written === 0xffff_ffff) return large;
  return written === 0 || PLACEHOLDERS.some(([from, to]) => written >= from && written <= to) ? null : written;
}

/** Lengths include the head of 24 bytes; chunks begin at multiples of 8. */
async function* wave64Chunks(handle: FileHandle): AsyncGenerator<Chunk> {
  const { size } = await handle.stat();
  for (let at = 40, count = 0; at + 24 <= size && count < MOST_CHUNKS; count += 1) {
    const head = await readAt(handle, at, 24);
    const length = Number(head.readBigUInt64LE(16)) - 24;
    if (length < 0) return;
    yield { id: head.toString('latin1', 0, 4), at: at + 24, length };
    at += 24 + Math.ceil(length / 8) * 8;
  }
}

async function* coreChunks(handle: FileHandle): AsyncGenerator<Chunk> {
  const { size } = await handle.stat();
  for (let at = 8, count = 0; at + 12 <= size && count < MOST_CHUNKS; count += 1) {
    const head = await readAt(handle, at, 12);
    const [id, length] = [head.toString('latin1', 0, 4), Number(head.readBigInt64BE(4))];
    // A 4-byte edit count precedes the samples.
    yield { id, at: at + 12, length: length < 0 ? null : id === 'data' ? Math.max(0, length - 4) : length };
    if (length < 0) return;
    at += 12 + length;
  }
}

/** Returns bytes a second; null when packets differ in length. */
function coreRate(description: Buffer): number | null {
  const [rate, bytes, frames] = [
    description.readDoubleBE(0),
    description.readUInt32BE(16),
    description.readUInt32BE(20),
  ];
  return bytes > 0 && frames > 0 && rate > 0 ? (rate * bytes) / frames : null;
}

/** Reads bytes; those beyond the end of the file are zero. */
async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  if (Number.isSafeInteger(at)) await handle.read(buffer, 0, length, at);
  return buffer;
}
