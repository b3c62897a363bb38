/** Finds out what an asset's file is, by the reader that its type asks for. */
import type { AssetDetails } from '@ingesthub/schema/asset-details.ts';
import { broadcastTimecode } from './facts/broadcast-timecode.ts';
import type { MediaFacts } from './facts/media-facts.ts';
import { ffprobe, type ProbedMedia } from './movie/ffprobe.ts';
import { isCutOff } from './movie/is-cut-off.ts';
import { isPlayable } from './movie/playable.ts';
import { soundClaim } from './movie/sound-claim.ts';
import { withStill } from './still/open-still.ts';
import { readPicture } from './still/read-picture.ts';
import { MediaProblem, problemOf } from './tools/media-problem.ts';
import { type MediaContext, type MediaSource, nounOf, representative } from './tools/media-source.ts';

export interface ProbeResult {
  readonly facts: MediaFacts;
  readonly details: AssetDetails;
  /** Whether there is a picture to make a thumbnail of. */
  readonly needsThumbnail: boolean;
  readonly needsProxy: boolean;
}

/** @throws MediaProblem when the file is to blame; anything else when it is not. */
export async function probe(source: MediaSource, context: MediaContext): Promise<ProbeResult> {
  const file = representative(source);
  try {
    if (source.fileType === 'video' || source.fileType === 'audio') return await probeMedia(source, file, context);
    const { facts, details } = await withStill(file, (opened) => readPicture(opened, context));
    return { facts, details, needsThumbnail: true, needsProxy: source.fileType === 'sequence' };
  } catch (error) {
    throw problemOf(error, file, nounOf(file), context.host);
  }
}

async function probeMedia(source: MediaSource, file: string, { signal }: MediaContext): Promise<ProbeResult> {
  const media = await withClaim(await ffprobe(file, signal), file);
  if (!media.hasVideo && !media.hasAudio) {
    throw new MediaProblem(`${nounOf(file)} has neither picture nor sound in it.`);
  }
  if (!media.hasVideo && media.undecodable !== null) {
    throw new MediaProblem(`${nounOf(file)} cannot be read here: ${media.undecodable}.`);
  }
  return {
    facts: media.facts,
    details: media.details,
    needsThumbnail: source.fileType === 'video' && media.hasVideo,
    // Of half a file, what there is.
    needsProxy: !isPlayable(file, media) || (await isCutOff(file)),
  };
}

/** What a sound of plain samples says of itself, and ffprobe does not: how long it was, and when it begins. */
async function withClaim(media: ProbedMedia, file: string): Promise<ProbedMedia> {
  if (media.hasVideo) return media;
  const claim = await soundClaim(file);
  if (claim === null) return media;
  const { facts, details } = media;
  const timecode = broadcastTimecode(media.timeReference, facts.sample_rate, claim.ixml);
  const there = facts.duration_seconds ?? 0;
  // Of sounds with compression the header's rate is a mean.
  const isPlain = /^pcm_/.test(facts.audio_codec ?? '');
  return {
    ...media,
    facts: isPlain && claim.seconds !== null ? { ...facts, duration_seconds: Math.max(there, claim.seconds) } : facts,
    details: timecode === null ? details : { ...details, timecode },
  };
}
