/** Fetches many thumbnails with one request. */
import { type Frame, readFrames } from '@ingesthub/schema/library/thumbnail-pack.ts';
import { checkAnswer } from './check-answer.ts';

export interface FetchedPack {
  /** One frame for each requested id, in the order of the request, as far as they arrived complete. */
  readonly frames: readonly Frame[];
  /** The bytes that the frames' offsets point into. */
  readonly body: Blob;
  /** The error that cut the answer short; null when it is complete. */
  readonly failure: Error | null;
}

/**
 * Returns whatever part of the pack arrived: on a poor network a pack may never arrive in one piece.
 *
 * @throws TypeError when the server does not answer, ServerRefusal when it rejects the request.
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
