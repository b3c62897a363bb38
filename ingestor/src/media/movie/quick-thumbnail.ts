/** The thumbnail of a long video, long before its one decode has come to an end: by seeking. */
import type { MediaContext, MediaSource } from '../tools/media-source.ts';
import { deriveMovie, type MovieDerivatives } from './derive-movie.ts';
import type { FoundMovie } from './movie-facts.ts';

/** Seconds; of shorter ones the decode is soon done. */
const LONG = 120;

/** Whether a video is worth a thumbnail of its own before its decode. */
export function isLong({ facts }: FoundMovie): boolean {
  return (facts.duration_seconds ?? 0) > LONG && facts.codec !== null;
}

/** @throws as `deriveMovie` does. */
export async function quickThumbnail(
  source: MediaSource,
  found: FoundMovie,
  hash: string,
  context: MediaContext,
): Promise<MovieDerivatives> {
  return deriveMovie(source, found, hash, { thumbnail: true, proxy: false, sprite: false, waveform: false }, context);
}
