/**
 * Reads how a TIFF stores its picture (TIFF 6.0, BigTIFF) from its first directory, to choose its reader and to
 * describe it.
 */

export interface TiffHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample; the largest when they differ. */
  readonly bits: number;
  readonly samples: number;
  /** Value of the tag SampleFormat: 1 unsigned, 2 signed, 3 floating point. */
  readonly format: number;
  readonly compression: number;
  readonly photometric: number;
  /** True when each channel is stored separately. */
  readonly planar: boolean;
}

/** Returns `length` bytes at an offset, fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;

/** Most entries that are read; files have some dozens. */
const MAX_ENTRIES = 512;
const MAX_VALUES = 64;

const [BYTE, SHORT, LONG, LONG8] = [1, 3, 4, 16];
const SIZES: Readonly<Record<number, number>> = { [BYTE]: 1, [SHORT]: 2, [LONG]: 4, [LONG8]: 8 };
const TAGS = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  samples: 277,
  planar: 284,
  format: 339,
};

/** @returns null when there is no directory with a size. */
export async function readTiffHeader(readAt: ReadAt): Promise<TiffHeader | null> {
  try {
    return headerOf(await readDirectory(readAt));
  } catch (error) {
    // The file is truncated.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function headerOf(values: ReadonlyMap<number, readonly number[]>): TiffHeader | null {
  const value = (name: keyof typeof TAGS, otherwise: number) => values.get(TAGS[name])?.[0] ?? otherwise;
  const [width, height] = [value('width', 0), value('height', 0)];
  if (width < 1 || height < 1) return null;
  return {
    ...{ width, height },
    bits: Math.max(...(values.get(TAGS.bits) ?? [1])),
    samples: value('samples', 1),
    format: value('format', 1),
    compression: value('compression', 1),
    photometric: value('photometric', -1),
    planar: value('planar', 1) === 2,
  };
}

async function readDirectory(readAt: ReadAt): Promise<ReadonlyMap<number, readonly number[]>> {
  const start = await readAt(0, 16);
  const little = start.toString('latin1', 0, 2) === 'II';
  const number = (bytes: Buffer, at: number, size: number): number => {
    if (size === 1) return bytes.readUInt8(at);
    if (size === 2) return little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
    if (size === 4) return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  };
  const big = number(start, 2, 2) === 43;
  const [wordSize, countSize, entrySize] = big ? [8, 8, 20] : [4, 2, 12];
  const at = number(start, big ? 8 : 4, wordSize);
  const count = Math.min(MAX_ENTRIES, number(await readAt(at, countSize), 0, countSize));
  const entries = await readAt(at + countSize, count * entrySize);
  const wanted = new Set<number>(Object.values(TAGS));
  const found = new Map<number, readonly number[]>();
  for (let entry = 0; entry + entrySize <= entries.length; entry += entrySize) {
    const tag = number(entries, entry, 2);
    const size = SIZES[number(entries, entry + 2, 2)];
    if (!wanted.has(tag) || size === undefined) continue;
    const length = Math.min(MAX_VALUES, number(entries, entry + 4, wordSize));
    const place = entry + 4 + wordSize;
    const bytes =
      length * size <= wordSize
        ? entries.subarray(place, place + wordSize)
        : await readAt(number(entries, place, wordSize), length * size);
    found.set(
      tag,
      Array.from({ length }, (_, index) => number(bytes, index * size, size)),
    );
  }
  return found;
}

/** Values of the tag Compression that libvips does not support. */
const OLD_JPEG = 6;
const PIXAR_LOG = 32909;
/** Values of the tag PhotometricInterpretation. */
const YCBCR = 6;

/** The most channels that sharp shows, by photometric interpretation: colours plus coverage. */
const CHANNELS: Readonly<Record<number, number>> = {
  // White is zero, and black is zero.
  0: 2,
  1: 2,
  // RGB, a palette, inks, YCbCr, L*a*b*.
  2: 4,
  3: 1,
  5: 5,
  [YCBCR]: 4,
  8: 3,
};

/**
 * Returns true when libvips, through sharp, is known to show the picture correctly: integers of at most 16 bits, with
 * no channels beyond colour and coverage. libvips shows single floating-point channels, and those with a profile, as
 * black; it clips 32-bit integers, and cannot display further channels.
 */
export function isForSharp(header: TiffHeader): boolean {
  return (
    header.format === 1 &&
    header.bits <= 16 &&
    header.samples <= (CHANNELS[header.photometric] ?? 0) &&
    !(header.planar && header.photometric === YCBCR) &&
    ![OLD_JPEG, PIXAR_LOG].includes(header.compression)
  );
}

const COLOURS: Readonly<Record<number, string>> = {
  3: 'indexed colours',
  4: 'a mask',
  5: 'inks',
  [YCBCR]: 'luminance and chroma',
  8: 'L*a*b* colour',
  9: 'L*a*b* colour',
  10: 'L*a*b* colour',
  32803: 'a raw sensor',
  32844: 'logarithmic luminance (LogL)',
  32845: 'logarithmic colour (LogLuv)',
};
const COMPRESSIONS: Readonly<Record<number, string>> = {
  2: 'CCITT',
  3: 'CCITT Group 3',
  4: 'CCITT Group 4',
  6: 'old-style JPEG',
  7: 'JPEG',
  34661: 'JBIG',
  34676: 'SGI LogLuv',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34892: 'lossy JPEG',
  34925: 'LZMA',
  50000: 'Zstandard',
  50001: 'WebP',
  50002: 'JPEG XL',
};
const COMMON = new Set([1, 5, 8, 32773, 32946]);

/** Describes the picture in a few words: 'TIFF of 3 channels of 8 bits, old-style JPEG compression'. */
export function tiffKind({ bits, samples, format, compression, photometric, planar }: TiffHeader): string {
  const number = { 2: 'signed', 3: 'floating point' }[format];
  const colour = COLOURS[photometric];
  return [
    `TIFF of ${samples === 1 ? '1 channel' : `${samples} channels`} of ${bits} bits${number === undefined ? '' : ` (${number})`}`,
    ...(colour === undefined ? [] : [colour]),
    ...(planar ? ['channels stored apart'] : []),
    ...(COMMON.has(compression) ? [] : [`${COMPRESSIONS[compression] ?? `unknown (${compression})`} compression`]),
  ].join(', ');
}
