/** Films and sounds that are kept offline: fetched in parts, so that what has arrived is never fetched twice. */
import { checkAnswer } from './check-answer.ts';
import { type KeptMovie, picturesDatabase } from './pictures-database.ts';

/** Bytes: a few seconds of a poor network. */
const PART = 4 * 1024 * 1024;

export async function keptMovies(): Promise<KeptMovie[]> {
  return (await picturesDatabase()).getAll('movies');
}

export async function keptMovie(assetId: string): Promise<KeptMovie | null> {
  return (await (await picturesDatabase()).get('movies', assetId)) ?? null;
}

export function isWhole(movie: KeptMovie): boolean {
  return movie.file !== null && movie.bytesHere >= movie.file.bytes;
}

/** Wants it, or what it is now at another address; what was there of another address goes. */
export async function keepMovie(assetId: string, address: string): Promise<void> {
  const transaction = (await picturesDatabase()).transaction(['movies', 'parts'], 'readwrite');
  const former = await transaction.objectStore('movies').get(assetId);
  if (former?.address === address) return transaction.done;
  await Promise.all([
    transaction.objectStore('parts').delete(partsOf(assetId)),
    transaction.objectStore('movies').put({ assetId, address, file: null, bytesHere: 0 }),
    transaction.done,
  ]);
}

export async function forgetMovie(assetId: string): Promise<void> {
  const transaction = (await picturesDatabase()).transaction(['movies', 'parts'], 'readwrite');
  await Promise.all([
    transaction.objectStore('parts').delete(partsOf(assetId)),
    transaction.objectStore('movies').delete(assetId),
    transaction.done,
  ]);
}

/** The bytes that are here, from the beginning; none of them is read yet. */
export async function movieBody(assetId: string): Promise<Blob> {
  return new Blob(await (await picturesDatabase()).getAll('parts', partsOf(assetId)));
}

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
    await forgetMovie(assetId);
    await keepMovie(assetId, movie.address);
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

async function storePart(movie: KeptMovie, file: NonNullable<KeptMovie['file']>, part: Blob): Promise<void> {
  const transaction = (await picturesDatabase()).transaction(['movies', 'parts'], 'readwrite');
  const now = await transaction.objectStore('movies').get(movie.assetId);
  // Another tab forgot it, or wants what it is now.
  if (now?.address !== movie.address || now.bytesHere !== movie.bytesHere) return transaction.done;
  await Promise.all([
    transaction.objectStore('parts').put(part, [movie.assetId, movie.bytesHere]),
    transaction.objectStore('movies').put({ ...movie, file, bytesHere: movie.bytesHere + part.size }),
    transaction.done,
  ]);
}

function partsOf(assetId: string): IDBKeyRange {
  return IDBKeyRange.bound([assetId, 0], [assetId, Number.POSITIVE_INFINITY]);
}
