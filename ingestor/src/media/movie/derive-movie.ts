/** Makes the derivatives of what moves or sounds: a video, a sound or an image sequence. */
import { type DerivativeKind, derivativeKey, type RecipeOptions } from '@ingesthub/schema/derivatives.ts';
import { placeholderOf } from '../picture/placeholder.ts';
import { MediaProblem, missingTool, problemOf } from '../tools/media-problem.ts';
import { type MediaContext, type MediaSource, nounOf, representative } from '../tools/media-source.ts';
import { type DerivedFile, deriveFile } from './derive-file.ts';
import { deriveSequence } from './derive-sequence.ts';
import { lacksEnd } from './lacks-end.ts';
import { type FoundMovie, movieFactsOf } from './movie-facts.ts';
import { secondsOfMade, warningOf } from './playable-part.ts';

export interface MovieWants extends RecipeOptions {
  readonly thumbnail: boolean;
  readonly proxy: boolean;
  readonly sprite: boolean;
  readonly waveform: boolean;
}

export interface MovieDerivatives {
  /** The keys of what was wanted and is there now. Missing: the asset has nothing to make it of. */
  readonly made: Partial<Record<DerivativeKind, string>>;
  /** The thumbnail's ThumbHash; null unless the thumbnail was wanted, and is there. */
  readonly placeholder: Uint8Array | null;
  /** Of a video or a sound whose header names no length: what was decoded; null: it does, or nobody knows. */
  readonly seconds: number | null;
  /** What was found wrong on the way, though there are derivatives now; null: nothing. */
  readonly warning: string | null;
}

/** The keys of derivatives that are to be made. */
export type MissingKeys = Partial<Record<DerivativeKind, string>>;

/**
 * Makes all that is wanted and not there yet in one decode.
 *
 * @param hash of the content: `assets.content_hash`.
 * @throws MediaProblem when the file is to blame, MediaCrash when it may be; anything else when it is not.
 */
export async function deriveMovie(
  source: MediaSource,
  found: FoundMovie,
  hash: string,
  wants: MovieWants,
  context: MediaContext,
): Promise<MovieDerivatives> {
  const file = representative(source);
  const { store, tools, host } = context;
  if (tools.ffmpeg === null) throw new MediaProblem(missingTool('ffmpeg', host));
  const kinds = (['thumbnail', 'proxy', 'sprite', 'waveform'] as const).filter((kind) => wants[kind]);
  const keys = new Map(kinds.map((kind) => [kind, derivativeKey(kind, hash, wants)]));
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
    // It was found and not made; somebody emptied the folder meanwhile.
    else if (missing[kind] === undefined) throw new Error(`the ${kind} of ${file} was removed while others were made`);
  }
  const placeholder = made.thumbnail === undefined ? null : await placeholderOf(store.pathOf(made.thumbnail));
  if (isSequence) return { made, placeholder, seconds: null, warning };
  const movie = movieFactsOf(found);
  // What was made of the same content before tells the same of it.
  const length = derived?.seconds ?? (await secondsOfMade(made, movie, store, context.signal));
  return {
    ...{ made, placeholder },
    seconds: movie.seconds === null && length !== null && length > 0 ? length : null,
    warning: warningOf(movie, length, { lacksSound: derived?.lacksSound ?? false, lacksEnd: await lacksEnd(file) }),
  };
}
