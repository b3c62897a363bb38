/** Makes an asset's proxy alone, of a file that is probed for it. */
import { ffprobe } from './ffprobe.ts';
import { UNKNOWN_FACTS } from './media-facts.ts';
import { problemOf } from './media-problem.ts';
import { type MediaContext, type MediaSource, nounOf, representative } from './media-source.ts';
import { deriveMovie } from './movie/derive-movie.ts';

/**
 * @param key as `derivativeKey('proxy', contentHash)` gives it.
 * @returns what was found wrong on the way, though there is a proxy now; null: nothing.
 * @throws MediaProblem when there is no proxy and the file is to blame; anything else when it is not.
 */
export async function makeProxy(
  source: MediaSource,
  key: string,
  _durationSeconds: number | null,
  context: MediaContext,
): Promise<string | null> {
  const file = representative(source);
  const found =
    source.fileType === 'sequence'
      ? { facts: UNKNOWN_FACTS, details: {} }
      : await ffprobe(file, context.signal).catch((error: unknown) => {
          throw problemOf(error, file, nounOf(file), context.host);
        });
  const wants = { thumbnail: false, proxy: true, sprite: false, waveform: false };
  const { warning } = await deriveMovie(source, found, key.slice(0, key.indexOf('-')), wants, context);
  return warning;
}
