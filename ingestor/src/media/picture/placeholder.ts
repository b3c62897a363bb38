/** What stands for a picture until it is there. */
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { boxShrink } from './box-shrink.ts';
import type { Pixels } from './pixels.ts';

/** Pixels. ThumbHash keeps no detail finer than a seventh of the picture; three times that is enough to measure it. */
const EDGE = 24;

/**
 * A picture's ThumbHash (https://evanw.github.io/thumbhash/): some 25 bytes.
 *
 * @param picture a path or the bytes: a thumbnail, which is read in a few milliseconds.
 */
export async function placeholderOf(picture: string | Buffer): Promise<Uint8Array<ArrayBuffer>> {
  const { data, info } = await sharp(picture)
    .resize({ width: EDGE, height: EDGE, fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Uint8Array.from(rgbaToThumbHash(info.width, info.height, data));
}

/** The same of a picture that is decoded already, and opaque. */
export function placeholderOfPixels(pixels: Pixels): Uint8Array<ArrayBuffer> {
  const { width, height, rgba } = boxShrink(pixels, EDGE);
  return Uint8Array.from(rgbaToThumbHash(width, height, rgba));
}
