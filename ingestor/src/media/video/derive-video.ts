/** Makes the derivatives of a video, a sound or an image sequence. */
import { type DerivativeKind, derivativeKey, type RecipeOptions } from '@ingesthub/schema/library/derivatives.ts';
import { placeholderOf } from '../picture/placeholder.ts';
import { MediaProblem, missingTool, problemOf } from '../tools/media-problem.ts';
import { contentOf, type MediaContext, type MediaSource, nounOf, representative } from '../tools/media-source.ts';
import { type DerivedFile, deriveFile } from './derive-file.ts';
import { deriveSequence } from './derive-sequence.ts';
import { lacksEnd } from './lacks-end.ts';
import { secondsOfMade, warningOf } from './playable-part.ts';
import { type FoundVideo, videoFactsOf } from './video-facts.ts';

export interface VideoWants extends RecipeOptions {
  readonly thumbnail: boolean;
  readonly proxy: boolean;
  readonly sprite: boolean;
  readonly waveform: boolean;
}

export interface VideoDerivatives {
  /** The keys of the wanted derivatives that now exist. A kind is missing when the asset has no source for it. */
  readonly made: Partial<Record<DerivativeKind, string>>;
  /** The thumbnail's ThumbHash; null unless the thumbnail was wanted and exists. */
  readonly placeholder: Uint8Array | null;
  /**
   * The decoded length of a video or sound whose header states none; null when the header does, or when it is unknown.
   */
  readonly seconds: number | null;
  /** A problem found although derivatives were made; null when there was none. */
  readonly warning: string | null;
}

/** The keys of derivatives that still have to be made. */
export type MissingKeys = Partial<Record<DerivativeKind, string>>;

/**
 * Makes all wanted derivatives that do not exist yet, in one decode.
 *
 * @param hash of the content: `assets.content_hash`.
 * @throws MediaProblem when the file is to blame, MediaCrash when it may be; any other error when it is not.
 */
export async function deriveVideo(
  source: MediaSource,
  found: FoundVideo,
  hash: string,
  wants: VideoWants,
  context: MediaContext,
): Promise<VideoDerivatives> {
  const file = representative(source);
  const { store, tools, host } = context;
  if (tools.ffmpeg === null) throw new MediaProblem(missingTool('ffmpeg', host));
  const kinds = (['thumbnail', 'proxy', 'sprite', 'waveform'] as const).filter((kind) => wants[kind]);
  const content = contentOf(source, hash);
  const keys = new Map(kinds.map((kind) => [kind, derivativeKey(kind, content, wants)]));
  const missing: MissingKeys = {};
  for (const [kind, key] of keys) if (!(await store.has(key))) missing[kind] = key;

  const isSequence = source.fileType === 'sequence';
  let warning: string | null = null;
  let derived: DerivedFile | null = null;
  if (Object.keys(missing).length > 0) {
    try {
      if (isSequence) warning = await deriveSequence(source, found, missing, wants, context);
      else derived = await deriveFile(source, found, missing, wants, context);
    } catch (error) {
      throw problemOf(error, file, nounOf(file), host);
    }
  }
  const made: Partial<Record<DerivativeKind, string>> = {};
  for (const [kind, key] of keys) {
    if (await store.has(key)) made[kind] = key;
    // The derivative existed at the check, so the folder was emptied in the meantime.
    else if (missing[kind] === undefined) throw new Error(`the ${kind} of ${file} was removed while others were made`);
  }
  const placeholder = made.thumbnail === undefined ? null : await placeholderOf(store.pathOf(made.thumbnail));
  if (isSequence) return { made, placeholder, seconds: null, warning };
  const video = videoFactsOf(found);
  // Derivatives of the same content made earlier show its length too.
  const length = derived?.seconds ?? (await secondsOfMade(made, video, store, context.signal));
  return {
    ...{ made, placeholder },
    seconds: video.seconds === null && length !== null && length > 0 ? length : null,
    warning: warningOf(video, length, { lacksSound: derived?.lacksSound ?? false, lacksEnd: await lacksEnd(file) }),
  };
}
