/** Makes the thumbnail of a long video by seeking, long before its one decode ends. */
import type { MediaContext, MediaSource } from '../tools/media-source.ts';
import { deriveVideo, type VideoDerivatives } from './derive-video.ts';
import type { FoundVideo } from './video-facts.ts';

/** Seconds; shorter videos are decoded soon enough. */
const LONG = 120;

/** Returns true when a video is long enough to deserve a thumbnail before its decode. */
export function isLong({ facts }: FoundVideo): boolean {
  return (facts.duration_seconds ?? 0) > LONG && facts.codec !== null;
}

/** @throws like `deriveVideo`. */
export async function quickThumbnail(
  source: MediaSource,
  found: FoundVideo,
  hash: string,
  context: MediaContext,
): Promise<VideoDerivatives> {
  return deriveVideo(source, found, hash, { thumbnail: true, proxy: false, sprite: false, waveform: false }, context);
}
