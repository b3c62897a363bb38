/** A film in requests of bounded size, so that what has arrived is never fetched twice. */
import { checkAnswer } from './check-answer.ts';
import { isWhole, keptMovie, restartMovie, storePart } from './kept-movies.ts';

/** Bytes: a few seconds of a poor network. */
const PART = 4 * 1024 * 1024;

/**
 * Fetches and stores its next part.
 *
 * @returns false when it is whole, or nobody wants it any more.
 * @throws as fetch and `checkAnswer` do; QuotaExceededError when the device is full.
 */
export async function fetchNextPart(assetId: string, signal: AbortSignal): Promise<boolean> {
  const movie = await keptMovie(assetId);
  if (movie === null || isWhole(movie)) return false;
  const range = `bytes=${movie.bytesHere}-${movie.bytesHere + PART - 1}`;
  // Should the file have changed meanwhile, the answer is not a part of it.
  const condition = movie.file === null ? {} : { 'if-range': movie.file.etag };
  const response = await fetch(movie.address, { headers: { range, ...condition }, signal });
  if (response.status === 200 && movie.file !== null) {
    await response.body?.cancel();
    await restartMovie(assetId, movie.address);
    return true;
  }
  await checkAnswer(response, 206);
  const bytes = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]);
  const etag = response.headers.get('etag');
  if (!Number.isSafeInteger(bytes) || etag === null) throw new TypeError('The server did not say what part it sent.');
  const file = { type: response.headers.get('content-type') ?? '', etag, bytes };
  await storePart(movie, file, await response.blob());
  return true;
}
