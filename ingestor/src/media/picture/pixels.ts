/** A small decoded picture, from which a thumbnail and a placeholder are made. */
import sharp, { type Sharp } from 'sharp';

/** Pixels of a thumbnail's longer edge. */
export const THUMBNAIL_EDGE = 480;
/** Pixels; a picture that claims more is not decoded. */
export const MAX_PIXELS = 500_000_000;

/** A broken file must not hold a worker for longer than this. */
const DECODE_TIMEOUT_SECONDS = 180;
/** Behind what is transparent: dark and light pictures both stand out from it. */
const NEUTRAL = '#777777';

// Jobs run side by side; each on one thread uses the cores best. Originals are read once.
sharp.concurrency(1);
sharp.cache(false);

/** 8-bit sRGB, or grey where `channels` is 1; rows without padding. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/** For reading what clients send: damaged pictures fail instead of giving half of one. */
export function decoder(picture: string | Buffer): Sharp {
  return sharp(picture, { failOn: 'error', limitInputPixels: MAX_PIXELS }).timeout({ seconds: DECODE_TIMEOUT_SECONDS });
}

/**
 * Upright, in sRGB, opaque, within the thumbnail's edge and never enlarged.
 *
 * @param wide whether it has 16 bits and a profile: those sharp leaves in the primaries that it works in (Display P3).
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

/** Writes a WebP, by the recipe of thumbnails. @throws what the disk says. */
export async function writeWebp(pixels: Pixels, draft: string): Promise<void> {
  await fromPixels(pixels).webp({ quality: 82, effort: 2 }).toFile(draft);
}

export function fromPixels({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}
