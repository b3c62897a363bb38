/** Stores videos and sounds that are kept offline: which ones are wanted, and the parts that have arrived. */
import type { IDBPObjectStore } from 'idb';
import {
  committed,
  type KeptVideo,
  type PicturesSchema,
  picturesDatabase,
  type VideoFile,
} from './pictures-database.ts';

export async function keptVideos(): Promise<KeptVideo[]> {
  return (await picturesDatabase()).getAll('videos');
}

export async function keptVideo(assetId: string): Promise<KeptVideo | null> {
  return (await (await picturesDatabase()).get('videos', assetId)) ?? null;
}

export function isWhole(video: KeptVideo): boolean {
  return video.file !== null && video.bytesHere >= video.file.bytes;
}

/** Marks a video or sound to be kept. Does nothing when it is marked already. */
export async function keepVideo(assetId: string, address: string): Promise<void> {
  await change(async (videos) => {
    if ((await videos.getKey(assetId)) === undefined) await videos.put(untouched(assetId, address));
  });
}

/** Drops the parts of a file that has changed, to fetch it again. Does nothing when it is no longer to be kept. */
export async function restartVideo(assetId: string, address: string): Promise<void> {
  await change(async (videos, parts) => {
    if ((await videos.getKey(assetId)) === undefined) return;
    await Promise.all([parts.delete(partsOf(assetId)), videos.put(untouched(assetId, address))]);
  });
}

/** Records why the server rejected the request for a part. @param refusal a sentence. */
export async function noteRefusal(video: KeptVideo, refusal: string): Promise<void> {
  await change(async (videos) => {
    const now = await videos.get(video.assetId);
    if (now?.address === video.address) await videos.put({ ...now, refusal });
  });
}

export async function forgetVideo(assetId: string): Promise<void> {
  await change((videos, parts) => Promise.all([parts.delete(partsOf(assetId)), videos.delete(assetId)]));
}

/** Returns the bytes that have arrived, from the start of the file, as a Blob that is read lazily. */
export async function videoBody(assetId: string): Promise<Blob> {
  return new Blob(await (await picturesDatabase()).getAll('parts', partsOf(assetId)));
}

/**
 * Appends a part to those that have arrived.
 *
 * @throws QuotaExceededError when the device is full.
 */
export async function storePart(video: KeptVideo, file: VideoFile, part: Blob): Promise<void> {
  await change(async (videos, parts) => {
    const now = await videos.get(video.assetId);
    // Another tab has removed the file, or restarted it with a new address.
    if (now?.address !== video.address || now.bytesHere !== video.bytesHere) return;
    await Promise.all([
      parts.put(part, [video.assetId, video.bytesHere]),
      videos.put({ ...untouched(video.assetId, video.address), file, bytesHere: video.bytesHere + part.size }),
    ]);
  });
}

type VideoStore<Name extends 'videos' | 'parts'> = IDBPObjectStore<
  PicturesSchema,
  ('videos' | 'parts')[],
  Name,
  'readwrite'
>;

/** Runs work in one transaction over both stores. */
async function change(
  work: (videos: VideoStore<'videos'>, parts: VideoStore<'parts'>) => Promise<unknown>,
): Promise<void> {
  const transaction = (await picturesDatabase()).transaction(['videos', 'parts'], 'readwrite');
  await committed(transaction, work(transaction.objectStore('videos'), transaction.objectStore('parts')));
}

function untouched(assetId: string, address: string): KeptVideo {
  return { assetId, address, file: null, bytesHere: 0 };
}

function partsOf(assetId: string): IDBKeyRange {
  return IDBKeyRange.bound([assetId, 0], [assetId, Number.POSITIVE_INFINITY]);
}
