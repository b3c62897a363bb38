/** Stores videos and sounds that are kept offline: which ones are wanted, and the parts that have arrived. */
import type { IDBPObjectStore } from 'idb';
import {
  committed,
  type KeptMovie,
  type MovieFile,
  type PicturesSchema,
  picturesDatabase,
} from './pictures-database.ts';

export async function keptMovies(): Promise<KeptMovie[]> {
  return (await picturesDatabase()).getAll('movies');
}

export async function keptMovie(assetId: string): Promise<KeptMovie | null> {
  return (await (await picturesDatabase()).get('movies', assetId)) ?? null;
}

export function isWhole(movie: KeptMovie): boolean {
  return movie.file !== null && movie.bytesHere >= movie.file.bytes;
}

/** Marks a video or sound to be kept. Does nothing when it is marked already. */
export async function keepMovie(assetId: string, address: string): Promise<void> {
  await change(async (movies) => {
    if ((await movies.getKey(assetId)) === undefined) await movies.put(untouched(assetId, address));
  });
}

/** Drops the parts of a file that has changed, to fetch it again. Does nothing when it is no longer to be kept. */
export async function restartMovie(assetId: string, address: string): Promise<void> {
  await change(async (movies, parts) => {
    if ((await movies.getKey(assetId)) === undefined) return;
    await Promise.all([parts.delete(partsOf(assetId)), movies.put(untouched(assetId, address))]);
  });
}

/** Records why the server rejected the request for a part. @param refusal a sentence. */
export async function noteRefusal(movie: KeptMovie, refusal: string): Promise<void> {
  await change(async (movies) => {
    const now = await movies.get(movie.assetId);
    if (now?.address === movie.address) await movies.put({ ...now, refusal });
  });
}

export async function forgetMovie(assetId: string): Promise<void> {
  await change((movies, parts) => Promise.all([parts.delete(partsOf(assetId)), movies.delete(assetId)]));
}

/** Returns the bytes that have arrived, from the start of the file, as a Blob that is read lazily. */
export async function movieBody(assetId: string): Promise<Blob> {
  return new Blob(await (await picturesDatabase()).getAll('parts', partsOf(assetId)));
}

/**
 * Appends a part to those that have arrived.
 *
 * @throws QuotaExceededError when the device is full.
 */
export async function storePart(movie: KeptMovie, file: MovieFile, part: Blob): Promise<void> {
  await change(async (movies, parts) => {
    const now = await movies.get(movie.assetId);
    // Another tab has removed the file, or restarted it with a new address.
    if (now?.address !== movie.address || now.bytesHere !== movie.bytesHere) return;
    await Promise.all([
      parts.put(part, [movie.assetId, movie.bytesHere]),
      movies.put({ ...untouched(movie.assetId, movie.address), file, bytesHere: movie.bytesHere + part.size }),
    ]);
  });
}

type MovieStore<Name extends 'movies' | 'parts'> = IDBPObjectStore<
  PicturesSchema,
  ('movies' | 'parts')[],
  Name,
  'readwrite'
>;

/** Runs work in one transaction over both stores. */
async function change(
  work: (movies: MovieStore<'movies'>, parts: MovieStore<'parts'>) => Promise<unknown>,
): Promise<void> {
  const transaction = (await picturesDatabase()).transaction(['movies', 'parts'], 'readwrite');
  await committed(transaction, work(transaction.objectStore('movies'), transaction.objectStore('parts')));
}

function untouched(assetId: string, address: string): KeptMovie {
  return { assetId, address, file: null, bytesHere: 0 };
}

function partsOf(assetId: string): IDBKeyRange {
  return IDBKeyRange.bound([assetId, 0], [assetId, Number.POSITIVE_INFINITY]);
}
