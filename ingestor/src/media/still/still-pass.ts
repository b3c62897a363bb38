/** Collects and makes everything for a still from one read of its file. */
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import { type DerivedContent, derivativeKey } from '@ingesthub/schema/library/derivatives.ts';
import type { RawPose } from '../face/raw-pose.ts';
import { readFace } from '../face/read-face.ts';
import { hashBytes, hashFiles } from '../facts/content-hash.ts';
import { type MediaFacts, UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { writeWebp } from '../picture/pixels.ts';
import { placeholderOf, placeholderOfPixels } from '../picture/placeholder.ts';
import { rawKindOf, rawProblem } from '../raw/raw-kind.ts';
import { MediaProblem, problemOf } from '../tools/media-problem.ts';
import { contentOf, type MediaContext, type MediaSource, nounOf, representative } from '../tools/media-source.ts';
import { type OpenedStill, withStill } from './open-still.ts';
import { readPicture } from './read-picture.ts';
import type { StillReader } from './still-reader.ts';

export interface StillResult {
  /** Hash as defined in `content-hash.ts`; null when the file cannot be read at all. */
  readonly contentHash: string | null;
  readonly facts: MediaFacts;
  readonly details: AssetDetails;
  /** For a face crop: pitch, yaw and roll as written, in degrees or radians. */
  readonly pose: RawPose | null;
  /** For a face crop, as its pipeline measured it. */
  readonly sharpness: number | null;
  /** Key of the derivative in the store; null when there is none, and `problem` states why. */
  readonly thumbnailKey: string | null;
  /** ThumbHash. */
  readonly placeholder: Uint8Array<ArrayBuffer> | null;
  /** One sentence for people; everything else in the result stays valid. */
  readonly problem: string | null;
}

const NOTHING: StillResult = {
  contentHash: null,
  facts: UNKNOWN_FACTS,
  details: {},
  pose: null,
  sharpness: null,
  thumbnailKey: null,
  placeholder: null,
  problem: null,
};

export interface StillOptions {
  /** False to collect facts only and make no thumbnail. Default true. */
  readonly thumbnail?: boolean;
  /** Index of the frame that represents a sequence. Default: the middle one. */
  readonly frame?: number;
  /** The hash, if known already. */
  readonly contentHash?: string | null;
}

/**
 * Processes an image, or a sequence represented by its middle frame. An existing thumbnail of the same content is not
 * remade.
 *
 * @throws only errors that are not the file's fault: a full disk, the signal's reason.
 */
export async function processStill(
  source: MediaSource,
  context: MediaContext,
  { thumbnail = true, frame, contentHash: knownHash = null }: StillOptions = {},
): Promise<StillResult> {
  const file = (frame === undefined ? undefined : source.files[frame]) ?? representative(source);
  let result = NOTHING;
  try {
    return await withStill(file, async (opened) => {
      context.signal.throwIfAborted();
      const contentHash = knownHash ?? (await hashOf(source, opened, context.signal));
      result = { ...result, contentHash, ...faceOf(opened) };
      const rawKind = rawKindOf(file);
      if (rawKind !== null) throw rawProblem(file, rawKind);
      const reader = await readPicture(opened, context);
      context.signal.throwIfAborted();
      result = { ...result, facts: reader.facts, details: { ...reader.details, ...result.details } };
      return thumbnail
        ? { ...result, ...(await makeThumbnail(reader, contentOf(source, contentHash), context)) }
        : result;
    });
  } catch (error) {
    // After an abort, errors take many forms.
    context.signal.throwIfAborted();
    const problem = problemOf(error, file, nounOf(file), context.host);
    if (problem instanceof MediaProblem) return { ...result, problem: problem.message };
    throw problem;
  }
}

function faceOf({ bytes }: OpenedStill): Pick<StillResult, 'details' | 'pose' | 'sharpness' | 'problem'> {
  const reading = bytes === null ? null : readFace(bytes);
  const face = reading?.face ?? null;
  return {
    details: face === null ? {} : { face: face.details },
    pose: face?.pose ?? null,
    sharpness: face?.sharpness ?? null,
    problem: reading?.problem ?? null,
  };
}

async function hashOf(source: MediaSource, opened: OpenedStill, signal: AbortSignal): Promise<string> {
  if (source.frames === null && opened.bytes !== null) return hashBytes(opened.bytes);
  return hashFiles(source, signal);
}

async function makeThumbnail(
  reader: StillReader,
  content: DerivedContent,
  { store }: MediaContext,
): Promise<Pick<StillResult, 'thumbnailKey' | 'placeholder'>> {
  const thumbnailKey = derivativeKey('thumbnail', content);
  if (await store.has(thumbnailKey))
    return { thumbnailKey, placeholder: await placeholderOf(store.pathOf(thumbnailKey)) };
  const pixels = await reader.render();
  const written = store.makeFile(thumbnailKey, (draft) => writeWebp(pixels, draft));
  // Runs while another thread writes.
  const placeholder = placeholderOfPixels(pixels);
  await written;
  return { thumbnailKey, placeholder };
}
