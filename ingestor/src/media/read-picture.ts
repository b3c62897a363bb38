/** Finds the reader of a still: by what is in the file, where that tells, and not by its name. */
import { extensionOf } from '../scan/file-types.ts';
import { detailsOf, mergeDetails } from './details-of.ts';
import { readFilm } from './film-still.ts';
import { MediaProblem } from './media-problem.ts';
import type { MediaContext } from './media-source.ts';
import type { OpenedStill } from './open-still.ts';
import { pictureTags } from './picture-tags.ts';
import { readStill } from './still.ts';
import { stillFormat } from './still-format.ts';
import type { StillReader } from './still-reader.ts';

/** Raw files of cameras: TIFF around what TIFF readers take for something else. */
const RAW = new Set(['arw', 'cr2', 'cr3', 'dng', 'nef', 'raf']);

/** @throws MediaProblem, ToolFailure */
export async function readPicture(opened: OpenedStill, context: MediaContext): Promise<StillReader> {
  const { file, bytes, signature } = opened;
  const format = stillFormat(signature);
  const isRaw = RAW.has(extensionOf(file));
  if (format === null || isRaw) return withTags(await readFilm(file, context), bytes);
  try {
    return await readStill(bytes ?? file, file);
  } catch (error) {
    // There are more kinds of TIFF than one reader knows.
    if (format !== 'tiff' || !(error instanceof MediaProblem)) throw error;
    return readFilm(file, context).catch(() => {
      throw error;
    });
  }
}

/** HEIC and raw files have their camera and place where other photographs have them. */
function withTags(reader: StillReader, bytes: Buffer | null): StillReader {
  const format = reader.details.film?.format;
  if (bytes === null || (format !== 'heif' && format !== 'raw')) return reader;
  return { ...reader, details: mergeDetails(detailsOf(pictureTags(bytes)), reader.details) };
}
