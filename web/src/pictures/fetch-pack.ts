/** One request for many thumbnails. */
import { type Frame, readFrames } from '@ingesthub/schema/thumbnail-pack.ts';
import { checkAnswer } from './check-answer.ts';

export interface FetchedPack {
  /** One for each id asked, in their order, as far as they arrived whole. */
  readonly frames: readonly Frame[];
  /** The frames' offsets are in it. */
  readonly body: Blob;
  /** What cut the answer short; null: it is whole. */
  readonly failure: Error | null;
}

/**
 * On a poor network a pack may never come in one piece, so what came of it counts.
 *
 * @throws TypeError when the server does not answer, ServerRefusal when it refuses.
 */
export async function fetchPack(ids: readonly string[], signal: AbortSignal): Promise<FetchedPack> {
  const response = await fetch('/api/thumbnails', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids }),
    signal,
  });
  await checkAnswer(response, 200, 'application/octet-stream');
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let failure: Error | null = null;
  try {
    for await (const piece of response.body ?? []) pieces.push(piece);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error), { cause: error });
  }
  const body = new Blob(pieces);
  const frames = readFrames(new Uint8Array(await body.arrayBuffer()));
  if (failure === null && frames.length < ids.length) failure = new TypeError('The answer was cut short.');
  return { frames, body, failure };
}
