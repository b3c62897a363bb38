/** Makes the thumbnail of a long video by seeking, long before its one decode ends. */
import type { MediaContext, MediaSource } from '../tools/media-source.ts';
import { deriveMovie, type MovieDerivatives } from './derive-movie.ts';
import type { FoundMovie } from './movie-facts.ts';

/** Seconds; shorter videos are decoded soon enough. */
const LONG = 120;

/** Returns true when a video is long enough to deserve a thumbnail before its decode. */
export function isLong({ facts }: FoundMovie): boolean {
  return (facts.duration_seconds ?? 0) > LONG && facts.codec !== null;
}

/** @throws like `deriveMovie`. */
export async function quickThumbnail(
  source: MediaSource,
  found: FoundMovie,
  hash: string,
  context: MediaContext,
): Promise<MovieDerivatives> {
  return deriveMovie(source, found, hash, { thumbnail: true, proxy: false, sprite: false, waveform: false }, context);
}
