/** Films and sounds that are kept offline: what is wanted, and what is there of them, in parts. */
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

/** Wants it; nothing changes where it is wanted. */
export async function keepMovie(assetId: string, address: string): Promise<void> {
  await change(async (movies) => {
    if ((await movies.getKey(assetId)) === undefined) await movies.put(untouched(assetId, address));
  });
}

/** What was there of it goes, for it has changed. Nothing when nobody wants it any more. */
export async function restartMovie(assetId: string, address: string): Promise<void> {
  await change(async (movies, parts) => {
    if ((await movies.getKey(assetId)) === undefined) return;
    await Promise.all([parts.delete(partsOf(assetId)), movies.put(untouched(assetId, address))]);
  });
}

/** @param refusal a sentence. */
export async function noteRefusal(movie: KeptMovie, refusal: string): Promise<void> {
  await change(async (movies) => {
    const now = await movies.get(movie.assetId);
    if (now?.address === movie.address) await movies.put({ ...now, refusal });
  });
}

export async function forgetMovie(assetId: string): Promise<void> {
  await change((movies, parts) => Promise.all([parts.delete(partsOf(assetId)), movies.delete(assetId)]));
}

/** The bytes that are here, from the beginning; none of them is read yet. */
export async function movieBody(assetId: string): Promise<Blob> {
  return new Blob(await (await picturesDatabase()).getAll('parts', partsOf(assetId)));
}

/**
 * The part after those that are here.
 *
 * @throws QuotaExceededError when the device is full.
 */
export async function storePart(movie: KeptMovie, file: MovieFile, part: Blob): Promise<void> {
  await change(async (movies, parts) => {
    const now = await movies.get(movie.assetId);
    // Another tab forgot it, or wants what it is now.
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

/** One transaction over both stores. */
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
