/**
 * Finds face metadata in a PNG: the private chunk `fcWp`, and text chunks with the keys of face pipelines (PNG
 * specification, sections 5.3 and 11.3.3). The first chunk of each kind wins.
 */
import { crc32 } from 'node:zlib';
import { type ByteReader, bytesAt } from './byte-reader.ts';
import type { FoundCarriers } from './face-carriers.ts';
import { PNG_TEXTS, readPngText } from './png-text.ts';
import { MAX_BYTES } from './values/face-limits.ts';
import { damaged, FaceProblem, fileEndsTooEarly, tooMuch } from './values/face-problem.ts';

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** More than the chunks of a gigabyte of pixels in the usual 8 KiB each. */
const MAX_CHUNKS = 200_000;
/** Bytes around a chunk's data: length and type before it, checksum after it. */
const FRAME = 12;
/** Best first: a pickle holds more than other programs' versions of it. */
const CARRIERS = ['fcWp', 'dfl_header', 'faceswap'] as const;
type PngCarrier = (typeof CARRIERS)[number];
/** Bytes of the longest known key, with the zero byte that ends it. */
const LONGEST_KEY = 11;

interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly length: number;
}

export function* pngCarriers(size: number): ByteReader<FoundCarriers> {
  const chunks = new Map<PngCarrier, Chunk>();
  let start = PNG_SIGNATURE.length;
  for (let count = 0; ; count++) {
    if (count >= MAX_CHUNKS) throw tooMuch(`${MAX_CHUNKS.toLocaleString('en')} chunks`);
    if (start + FRAME > size) {
      if (chunks.size === 0) throw fileEndsTooEarly();
      break;
    }
    const header = yield* bytesAt(start, 8, size);
    const length = header.readUInt32BE(0);
    const type = header.toString('latin1', 4, 8);
    if (type === 'IEND') break;
    if (!/^[A-Za-z]{4}$/.test(type)) throw new FaceProblem('The PNG is damaged: a chunk has an impossible name.');
    const end = start + FRAME + length;
    if (end > size) {
      if (chunks.size === 0) throw fileEndsTooEarly();
      break;
    }
    const carrier = yield* carrierOf({ type, start, length }, size);
    if (carrier !== null && !chunks.has(carrier)) chunks.set(carrier, { type, start, length });
    start = end;
  }
  const found = [];
  for (const carrier of CARRIERS) {
    const chunk = chunks.get(carrier);
    if (chunk === undefined) continue;
    if (chunk.length > MAX_BYTES) found.push({ carrier, read: refuseSize });
    else {
      const bytes = yield* bytesAt(chunk.start, chunk.length + FRAME, size);
      found.push({ carrier, read: () => chunkData(carrier, chunk.type, bytes) });
    }
  }
  return found;
}

function* carrierOf({ type, start, length }: Chunk, size: number): ByteReader<PngCarrier | null> {
  if (type === 'fcWp') return 'fcWp';
  if (!PNG_TEXTS.has(type)) return null;
  const key = (yield* bytesAt(start + 8, Math.min(length, LONGEST_KEY), size)).toString('latin1').split('\0', 1)[0];
  return key === 'dfl_header' || key === 'faceswap' ? key : null;
}

/** @param bytes of the chunk from its length to its checksum. */
function chunkData(carrier: PngCarrier, type: string, bytes: Buffer): Buffer | string {
  const end = bytes.length - 4;
  if (crc32(bytes.subarray(4, end)) !== bytes.readUInt32BE(end)) throw damaged('its checksum does not match');
  const data = bytes.subarray(8, end);
  return carrier === 'fcWp' ? data : readPngText(type, data);
}

function refuseSize(): never {
  throw tooMuch('4 MiB');
}
