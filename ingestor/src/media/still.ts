/** Stills that sharp reads. */
import { writeFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { extensionOf } from '../scan/file-types.ts';
import { type MediaFacts, UNKNOWN_FACTS } from './media-facts.ts';
import { describeStillError, MediaProblem } from './media-problem.ts';
import { nounOf } from './media-source.ts';

/** Pixels of a thumbnail's longer edge. */
export const THUMBNAIL_EDGE = 480;
/** Pixels; a file that claims more is not decoded. */
export const MAX_PIXELS = 500_000_000;

/** Behind what is transparent: dark and light pictures both stand out from it. */
const NEUTRAL = '#777777';

const EXTENSIONS = new Set(['avif', 'gif', 'jpeg', 'jpg', 'png', 'tif', 'tiff', 'webp']);
/** sharp's names for what ffprobe calls otherwise. */
const CODECS: Readonly<Record<string, string>> = { jpeg: 'mjpeg', heif: 'av1' };

// Jobs run side by side; each on one thread uses the cores best. Originals are read once.
sharp.concurrency(1);
sharp.cache(false);

export function isStill(file: string): boolean {
  return EXTENSIONS.has(extensionOf(file));
}

/** Reads the header only. @throws MediaProblem when it makes no sense. */
export async function stillFacts(file: string): Promise<MediaFacts> {
  const metadata = await speaking(file, (picture) => picture.metadata());
  return {
    ...UNKNOWN_FACTS,
    width: metadata.autoOrient.width,
    height: metadata.autoOrient.height,
    codec: CODECS[metadata.format] ?? metadata.format,
  };
}

/**
 * Writes a WebP of at most 480 pixels. Damaged pictures fail instead of giving half of one.
 *
 * @param picture a path, or the bytes of a picture that a program made of `original`.
 * @throws MediaProblem when it cannot be decoded.
 */
export async function writeThumbnail(picture: string | Buffer, draft: string, original: string): Promise<void> {
  const bytes = await speaking(
    original,
    (input) =>
      input
        .autoOrient()
        .flatten({ background: NEUTRAL })
        .resize({ width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 82, effort: 2 })
        .toBuffer(),
    picture,
  );
  // Apart from decoding: a full disk is not the picture's fault.
  await writeFile(draft, bytes);
}

async function speaking<T>(
  original: string,
  use: (picture: Sharp) => Promise<T>,
  picture: string | Buffer = original,
): Promise<T> {
  try {
    return await use(sharp(picture, { failOn: 'error', limitInputPixels: MAX_PIXELS }));
  } catch (error) {
    throw new MediaProblem(describeStillError(error, original, nounOf(original)), { cause: error });
  }
}
