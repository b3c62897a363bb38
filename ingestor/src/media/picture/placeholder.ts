/** Computes the placeholder that is shown until a picture has loaded. */
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { boxShrink } from './box-shrink.ts';
import type { Pixels } from './pixels.ts';

/** Pixels. ThumbHash keeps no detail finer than a seventh of the picture; three times that resolution is enough. */
const EDGE = 24;

/**
 * Returns a picture's ThumbHash (https://evanw.github.io/thumbhash/) of some 25 bytes.
 *
 * @param picture path or bytes of a thumbnail, which takes a few milliseconds to read.
 */
export async function placeholderOf(picture: string | Buffer): Promise<Uint8Array<ArrayBuffer>> {
  const { data, info } = await sharp(picture)
    .resize({ width: EDGE, height: EDGE, fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Uint8Array.from(rgbaToThumbHash(info.width, info.height, data));
}

/** Returns the ThumbHash of a decoded, opaque picture. */
export function placeholderOfPixels(pixels: Pixels): Uint8Array<ArrayBuffer> {
  const { width, height, rgba } = boxShrink(pixels, EDGE);
  return Uint8Array.from(rgbaToThumbHash(width, height, rgba));
}
