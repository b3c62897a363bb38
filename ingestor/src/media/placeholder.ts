/** What stands for a picture until it is there. */
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';

/** Pixels; ThumbHash takes no larger picture, and keeps no more of it. */
const EDGE = 100;

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
