/** Makes the derivatives of an image sequence. */
import path from 'node:path';
import { PROXY_HEIGHT, type RecipeOptions } from '@ingesthub/schema/library/derivatives.ts';
import type { Rational } from '../facts/frame-rate.ts';
import { isStill } from '../still/still.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import type { MediaContext, MediaSource } from '../tools/media-source.ts';
import { isFilesFault } from './decode.ts';
import type { MissingKeys } from './derive-video.ts';
import { fillGaps, type ProxyFrame, withoutGaps } from './fill-gaps.ts';
import { placePictures } from './place-derivatives.ts';
import { decodeByFfmpeg } from './sequence-by-ffmpeg.ts';
import { decodeByOiiotool } from './sequence-by-oiiotool.ts';
import { PROXY_FILE } from './video-arguments.ts';
import type { FoundVideo } from './video-facts.ts';

/** Input that both ways of reading a sequence need. */
export interface SequenceWork {
  readonly files: MediaSource['files'];
  /** With its dot, in lower case. */
  readonly extension: string;
  readonly proxyFrames: readonly ProxyFrame[];
  /** Index in `proxyFrames` of the frame that the thumbnail shows. */
  readonly middle: number;
  /** Frames a second; null when unknown, except perhaps to the frames themselves. */
  readonly rate: Rational | null;
  readonly lines: number;
  readonly missing: MissingKeys;
  readonly folder: string;
}

export async function deriveSequence(
  source: MediaSource,
  found: FoundVideo,
  missing: MissingKeys,
  options: RecipeOptions,
  context: MediaContext,
): Promise<string | null> {
  const { thumbnail, proxy, sprite } = missing;
  if (thumbnail === undefined && proxy === undefined && sprite === undefined) return null;
  const total = source.files.length;
  const proxyFrames = fillGaps(source.frames ?? []) ?? withoutGaps(total);
  return context.store.withFolder(async (folder) => {
    const representative = Math.floor((total - 1) / 2);
    const work: SequenceWork = {
      files: source.files,
      extension: path.extname(source.files[0]).toLowerCase(),
      proxyFrames,
      middle: proxyFrames.findIndex(({ index }) => index === representative),
      rate: options.frameRate ?? rateOf(found),
      lines: options.height ?? PROXY_HEIGHT,
      missing,
      folder,
    };
    const damaged = await decodeSequence(work, context);
    if (damaged >= total) throw new MediaProblem('None of the frames can be read.');
    await placePictures(folder, missing, context.store);
    if (proxy !== undefined) await context.store.place(path.join(folder, PROXY_FILE), proxy);
    return damaged === 0 ? null : `${damaged} of ${total} frames are damaged and cannot be read.`;
  });
}

/** @returns the number of frames that cannot be read. */
async function decodeSequence(work: SequenceWork, { tools, signal }: MediaContext): Promise<number> {
  const hasOiiotool = tools.oiiotool !== null;
  if (hasOiiotool && !isStill(work.files[0])) return decodeByOiiotool(work, signal);
  try {
    return await decodeByFfmpeg(work, signal);
  } catch (error) {
    if (!hasOiiotool || !(isFilesFault(error) || error instanceof MediaProblem)) throw error;
    // For example floating-point TIFF.
    return decodeByOiiotool(work, signal);
  }
}

function rateOf({ facts }: FoundVideo): Rational | null {
  const { frame_rate_numerator: numerator, frame_rate_denominator: denominator } = facts;
  return numerator === null || denominator === null ? null : { numerator, denominator };
}
