/** Fetches the pictures and videos that should be on this device and are not. */
import { MAX_THUMBNAILS } from '@ingesthub/schema/library/thumbnail-pack.ts';
import type { Replica } from '../replica/model/replica.ts';
import { ServerRefusal } from './check-answer.ts';
import { fetchPack } from './fetch-pack.ts';
import { fetchNextPart } from './fetch-video-part.ts';
import { type ArrivedPack, dropUnwantedPacks, forgetPictures, keptVersions, storePack } from './kept-packs.ts';
import { keptScopes } from './kept-scopes.ts';
import { isWhole, keptVideos, noteRefusal, restartVideo } from './kept-videos.ts';
import { isQuotaError } from './pictures-database.ts';
import { dropSeenPictures } from './seen-pictures.ts';
import { type VideoFacts, videoAddress } from './video-address.ts';
import { type WantedPackage, type WantedPicture, wantedPackages, wantedPictures } from './wanted-pictures.ts';

export interface KeepRound {
  readonly replica: Pick<Replica, 'query'>;
  /** Packages to check; null means all that are kept. */
  readonly packages: ReadonlySet<string> | null;
  /** Asset id -> version of its picture that the server does not have, and that is not requested again. */
  readonly absent: Map<string, number>;
  readonly signal: AbortSignal;
  readonly onFetch: () => void;
  readonly onStored: () => void;
}

/** Concurrent requests: two keep the network busy while one answer is stored. */
const AT_ONCE = 2;

/**
 * @throws TypeError when the server does not answer, ServerRefusal when it rejects a request, QuotaExceededError when
 * the device is full. Everything that arrived before the error is kept.
 */
export async function keepRound(round: KeepRound): Promise<void> {
  if (await dropUnwantedPacks()) round.onStored();
  const scopes = (await keptScopes()).filter((scope) => !scope.stopped);
  const packages = scopes.length === 0 ? [] : await wantedPackages(round.replica, scopes);
  for (const wanted of packages) {
    if (round.packages === null || round.packages.has(wanted.id)) await keepPackage(wanted, round);
  }
  await fetchVideos(round);
}

async function keepPackage(wanted: WantedPackage, round: KeepRound): Promise<void> {
  const batches = missingPictures(wanted, round);
  const work = async () => {
    for await (const batch of batches) await keepBatch(wanted, batch, round);
  };
  // One failure ends the batches for all workers, but answers that are still arriving are stored.
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

async function* missingPictures(wanted: WantedPackage, round: KeepRound): AsyncGenerator<WantedPicture[]> {
  const kept = await keptVersions(wanted.id);
  const gone = new Set(kept.keys());
  for await (const pictures of wantedPictures(round.replica, wanted.id)) {
    for (const { id } of pictures) gone.delete(id);
    const missing = pictures.filter(
      ({ id, thumbnail_version }) => kept.get(id) !== thumbnail_version && round.absent.get(id) !== thumbnail_version,
    );
    for (let start = 0; start < missing.length; start += MAX_THUMBNAILS) {
      round.signal.throwIfAborted();
      yield missing.slice(start, start + MAX_THUMBNAILS);
    }
  }
  if (gone.size === 0) return;
  await forgetPictures(wanted.id, gone);
  round.onStored();
}

async function keepBatch(wanted: WantedPackage, batch: readonly WantedPicture[], round: KeepRound): Promise<void> {
  round.onFetch();
  const ids = batch.map((picture) => picture.id);
  const { frames, body, failure } = await fetchPack(ids, round.signal);
  const arrived = batch.slice(0, frames.length).map((picture, index) => ({ picture, frame: frames[index] }));
  const pictures = arrived.flatMap(({ picture, frame }) =>
    frame !== undefined && frame.length > 0 ? [{ ...frame, assetId: picture.id }] : [],
  );
  for (const { picture, frame } of arrived) {
    if (frame?.length === 0) round.absent.set(picture.id, picture.thumbnail_version);
  }
  if (pictures.length > 0) {
    await storeWithRoom({ packageId: wanted.id, projectId: wanted.project_id, pictures, body });
    round.onStored();
  }
  if (failure !== null) throw failure;
}

/** Stores a pack, and makes room by dropping all recently viewed pictures when the device is full. */
async function storeWithRoom(pack: ArrivedPack): Promise<void> {
  try {
    await storePack(pack);
  } catch (error) {
    if (!isQuotaError(error) || (await dropSeenPictures(1)) === 0) throw error;
    await storePack(pack);
  }
}

async function fetchVideos({ replica, signal, onFetch, onStored }: KeepRound): Promise<void> {
  const videos = await keptVideos();
  if (videos.length === 0) return;
  const assets = await replica.query<VideoFacts>({
    text: 'SELECT id, file_type, proxy_status, proxy_version FROM assets WHERE id = ANY ($1::uuid[])',
    values: [videos.map((video) => video.assetId)],
  });
  const addresses = new Map(assets.map((asset) => [asset.id, videoAddress(asset)]));
  for (const video of videos) {
    signal.throwIfAborted();
    const address = addresses.get(video.assetId) ?? video.address;
    if (address === video.address && isWhole(video)) continue;
    if (address !== video.address) await restartVideo(video.assetId, address);
    onFetch();
    try {
      while (await fetchNextPart(video.assetId, signal)) onStored();
    } catch (error) {
      // A file that the server does not have must not hold up the others.
      if (!(error instanceof ServerRefusal)) throw error;
      await noteRefusal({ ...video, address }, error.message);
      onStored();
    }
  }
}
