/** Probes an asset's file with the reader for its type. */
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import { extensionOf } from '../scan/names/file-types.ts';
import { broadcastTimecode } from './facts/broadcast-timecode.ts';
import type { MediaFacts } from './facts/media-facts.ts';
import { rawKindOf, rawProblem } from './raw/raw-kind.ts';
import { withStill } from './still/open-still.ts';
import { readPicture } from './still/read-picture.ts';
import { MediaProblem, problemOf } from './tools/media-problem.ts';
import { type MediaContext, type MediaSource, nounOf, representative } from './tools/media-source.ts';
import { ffprobe, type ProbedMedia } from './video/ffprobe.ts';
import { isCutOff } from './video/is-cut-off.ts';
import { isPlayable } from './video/playable.ts';
import { probeRaw, withSidecar } from './video/probe-raw.ts';
import { soundClaim } from './video/sound-claim.ts';
import type { FoundVideo } from './video/video-facts.ts';

export interface ProbeResult {
  readonly facts: MediaFacts;
  readonly details: AssetDetails;
  /** True when there is a picture for a thumbnail. */
  readonly needsThumbnail: boolean;
  readonly needsProxy: boolean;
  /** Why the file has facts but can have no picture or sound; null when nothing prevents them. */
  readonly problem: string | null;
}

/** @throws MediaProblem when the file is to blame; any other error when it is not. */
export async function probe(source: MediaSource, context: MediaContext): Promise<ProbeResult> {
  const file = representative(source);
  try {
    if (source.fileType === 'video' || source.fileType === 'audio') return await probeMedia(source, file, context);
    const { facts, details } = await withStill(file, (opened) => readPicture(opened, context));
    return { facts, details, needsThumbnail: true, needsProxy: source.fileType === 'sequence', problem: null };
  } catch (error) {
    throw problemOf(error, file, nounOf(file), context.host);
  }
}

async function probeMedia(source: MediaSource, file: string, { signal }: MediaContext): Promise<ProbeResult> {
  const rawKind = rawKindOf(file);
  if (rawKind !== null) return rawResult(await probeRaw(file, signal), file, rawKind);
  const media = await withClaim(await ffprobe(file, signal), file);
  // X-OCN of Sony, ARRIRAW.
  if (media.hasVideo && media.facts.codec === null && extensionOf(file) === 'mxf') {
    return rawResult(await withSidecar(media, file), file, 'video of an unknown kind, perhaps raw');
  }
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
    // A truncated file gets a proxy of the part that exists.
    needsProxy: !isPlayable(file, media) || (await isCutOff(file)),
    problem: null,
  };
}

function rawResult({ facts, details }: FoundVideo, file: string, kind: string): ProbeResult {
  return { facts, details, needsThumbnail: true, needsProxy: true, problem: rawProblem(file, kind).message };
}

/**
 * Adds what a file of uncompressed samples declares and ffprobe does not report: its full length and its start time.
 */
async function withClaim(media: ProbedMedia, file: string): Promise<ProbedMedia> {
  if (media.hasVideo) return media;
  const claim = await soundClaim(file);
  if (claim === null) return media;
  const { facts, details } = media;
  const timecode = broadcastTimecode(media.timeReference, facts.sample_rate, claim.ixml);
  const there = facts.duration_seconds ?? 0;
  // For compressed sound the header's rate is only a mean.
  const isPlain = /^pcm_/.test(facts.audio_codec ?? '');
  return {
    ...media,
    facts: isPlain && claim.seconds !== null ? { ...facts, duration_seconds: Math.max(there, claim.seconds) } : facts,
    details: timecode === null ? details : { ...details, timecode },
  };
}
