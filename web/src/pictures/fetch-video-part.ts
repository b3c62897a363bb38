/** Fetches a video in parts of bounded size, so that parts that have arrived are never fetched again. */
import { checkAnswer } from './check-answer.ts';
import { isWhole, keptVideo, restartVideo, storePart } from './kept-videos.ts';

/** Bytes: what a poor network delivers in a few seconds. */
const PART = 4 * 1024 * 1024;

/**
 * Fetches and stores the next part of a video or sound.
 *
 * @returns false when the file is complete, or is no longer to be kept.
 * @throws as fetch and `checkAnswer` do; QuotaExceededError when the device is full.
 */
export async function fetchNextPart(assetId: string, signal: AbortSignal): Promise<boolean> {
  const video = await keptVideo(assetId);
  if (video === null || isWhole(video)) return false;
  const range = `bytes=${video.bytesHere}-${video.bytesHere + PART - 1}`;
  // If the file has changed meanwhile, the server sends all of the new one instead of a part.
  const condition = video.file === null ? {} : { 'if-range': video.file.etag };
  const response = await fetch(video.address, { headers: { range, ...condition }, signal });
  if (response.status === 200 && video.file !== null) {
    await response.body?.cancel();
    await restartVideo(assetId, video.address);
    return true;
  }
  await checkAnswer(response, 206);
  const bytes = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]);
  const etag = response.headers.get('etag');
  if (!Number.isSafeInteger(bytes) || etag === null)
    throw new TypeError('The server did not state which part it sent.');
  const file = { type: response.headers.get('content-type') ?? '', etag, bytes };
  await storePart(video, file, await response.blob());
  return true;
}
