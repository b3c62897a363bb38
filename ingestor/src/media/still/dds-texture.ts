/**
 * Reads DirectX 10 textures with uncompressed pixels of four bytes (Microsoft, DDS_HEADER_DXT10): oiiotool does not
 * know them, and ffmpeg swaps red and blue in most.
 */
import sharp from 'sharp';
import { detailsOf } from '../facts/details-of.ts';
import { UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { decodeSmall, MAX_PIXELS } from '../picture/pixels.ts';
import { checkRoom, decodedSize } from '../tools/large-pictures.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import { nounOf } from '../tools/media-source.ts';
import type { StillReader } from './still-reader.ts';
import type { ReadAt } from './tiff-header.ts';

export interface DdsTexture {
  readonly width: number;
  readonly height: number;
  /** True when blue is stored first. */
  readonly blueFirst: boolean;
  /** True when the fourth byte is the pixel's coverage. */
  readonly hasAlpha: boolean;
}

/** Bytes before the pixels. */
const HEADER = 148;
/** Values of the enumeration DXGI_FORMAT: typeless, normalised to 0 to 1, and sRGB. */
const [RED_FIRST, BLUE_FIRST, BLUE_FIRST_OPAQUE] = [
  [27, 28, 29],
  [87, 90, 91],
  [88, 92, 93],
] as const;

/** @returns null for another kind of texture, or a file that is none. */
export async function readDdsTexture(readAt: ReadAt): Promise<DdsTexture | null> {
  const header = await readAt(0, HEADER);
  if (header.length < HEADER || header.toString('latin1', 84, 88) !== 'DX10') return null;
  const format = header.readUInt32LE(128);
  const among = (formats: readonly number[]) => formats.includes(format);
  const blueFirst = among(BLUE_FIRST) || among(BLUE_FIRST_OPAQUE);
  if (!blueFirst && !among(RED_FIRST)) return null;
  return {
    width: header.readUInt32LE(16),
    height: header.readUInt32LE(12),
    ...{ blueFirst, hasAlpha: !among(BLUE_FIRST_OPAQUE) },
  };
}

/** @param bytes the whole file. @throws MediaProblem when pixels are missing. */
export async function readTexture(bytes: Buffer, texture: DdsTexture, file: string): Promise<StillReader> {
  const { width, height } = texture;
  if (width * height > MAX_PIXELS) {
    throw new MediaProblem(
      `${nounOf(file)} claims to be ${width} x ${height} pixels, which is more than can be read.`,
      {
        final: true,
      },
    );
  }
  if (width < 1 || height < 1 || bytes.length < HEADER + width * height * 4) {
    throw new MediaProblem(`${nounOf(file)} is damaged or incomplete: pixels are missing at its end.`, { final: true });
  }
  return {
    facts: { ...UNKNOWN_FACTS, width, height, codec: 'dds' },
    details: detailsOf({ still: { bit_depth: 8, has_alpha: texture.hasAlpha } }),
    render: async () => {
      checkRoom(decodedSize(texture, 4), nounOf(file));
      return decodeSmall(await asPng(bytes, texture));
    },
  };
}

async function asPng(bytes: Buffer, { width, height, blueFirst, hasAlpha }: DdsTexture): Promise<Buffer> {
  const pixels = Buffer.from(bytes.subarray(HEADER, HEADER + width * height * 4));
  let covers = false;
  for (let at = 0; at < pixels.length; at += 4) {
    const [first = 0, third = 0] = [pixels[at], pixels[at + 2]];
    if (blueFirst) [pixels[at], pixels[at + 2]] = [third, first];
    covers ||= pixels[at + 3] !== 0;
  }
  const picture = sharp(pixels, { raw: { width, height, channels: 4 } });
  // Without any coverage the alpha channel was never filled, so the colours are shown alone.
  return (hasAlpha && covers ? picture : picture.removeAlpha()).png({ compressionLevel: 0 }).toBuffer();
}
