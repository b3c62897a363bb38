/** What stands for a picture until it is there. */
import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { fromPixels, type Pixels } from './pixels.ts';

/** Pixels. ThumbHash keeps no detail finer than a seventh of the picture; four times that is enough to measure it. */
const EDGE = 32;

/**
 * A picture's ThumbHash (https://evanw.github.io/thumbhash/): some 25 bytes.
 *
 * @param picture a path or the bytes: a thumbnail, which is read in a few milliseconds.
 */
export function placeholderOf(picture: string | Buffer): Promise<Uint8Array<ArrayBuffer>> {
  return thumbHash(sharp(picture));
}

/** The same of a picture that is decoded already. */
export function placeholderOfPixels(pixels: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  return thumbHash(fromPixels(pixels));
}

async function thumbHash(picture: Sharp): Promise<Uint8Array<ArrayBuffer>> {
  const { data, info } = await picture
    .resize({ width: EDGE, height: EDGE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Uint8Array.from(rgbaToThumbHash(info.width, info.height, data));
}
