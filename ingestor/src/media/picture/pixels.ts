/** A small decoded picture, the source of a thumbnail and a placeholder. */
import sharp, { type Sharp } from 'sharp';

/** Pixels of a thumbnail's longer edge. */
export const THUMBNAIL_EDGE = 480;
/** Pixels; a picture that claims more is not decoded. */
export const MAX_PIXELS = 500_000_000;

/** Keeps a broken file from occupying a worker for longer. */
const DECODE_TIMEOUT_SECONDS = 180;
/** Background of transparent pictures: dark and light ones both stand out from it. */
const NEUTRAL = '#777777';

// Jobs run in parallel, so one thread each uses the cores best. Originals are read once, so a cache is useless.
sharp.concurrency(1);
sharp.cache(false);

/** 8-bit sRGB, or grey where `channels` is 1; rows without padding. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/** Decodes clients' files: damaged pictures fail instead of yielding a part. */
export function decoder(picture: string | Buffer): Sharp {
  return sharp(picture, { failOn: 'error', limitInputPixels: MAX_PIXELS }).timeout({ seconds: DECODE_TIMEOUT_SECONDS });
}

/**
 * Decodes a picture upright, in sRGB, opaque, within the thumbnail's edge and never enlarged.
 *
 * @param wide true for 16 bits with a profile: sharp leaves those in its working primaries (Display P3).
 * @throws sharp's error
 */
export async function decodeSmall(picture: string | Buffer, wide = false): Promise<Pixels> {
  const small = decoder(picture)
    .autoOrient()
    .flatten({ background: NEUTRAL })
    .resize({ width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE, fit: 'inside', withoutEnlargement: true });
  const { data, info } = await (wide ? small.withIccProfile('srgb') : small)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** Writes a WebP by the recipe of thumbnails. @throws the file system's error. */
export async function writeWebp(pixels: Pixels, draft: string): Promise<void> {
  await fromPixels(pixels).webp({ quality: 82, effort: 2 }).toFile(draft);
}

export function fromPixels({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}
