/**
 * The cache of recently viewed thumbnails, bounded by number and bytes: the least recently used are dropped first.
 *
 * Does not use workbox-expiration, which walks the records of all entries at every hit and every put: for tens of
 * thousands of thumbnails that costs more than serving them. Here a put is one short transaction that also updates
 * the totals, hits are recorded in batches, and only dropped entries are walked.
 */
import type { IDBPTransaction } from 'idb';
import {
  committed,
  isQuotaError,
  type PicturesSchema,
  picturesDatabase,
  type SeenPicture,
  type SeenTotals,
} from './pictures-database.ts';

export interface SeenBounds {
  readonly maxCount: number;
  readonly maxBytes: number;
}

const CACHE = 'seen-thumbnails';
/** The share of the bounds that a trim leaves, so that not every put trims. */
const LEFT_BY_TRIM = 0.9;
/** Milliseconds between a hit and its record. */
const NOTED_AFTER = 2000;
const NOTHING: SeenTotals = { count: 0, bytes: 0 };

/** Addresses that were hit since the last batch was recorded. */
let used = new Set<string>();
let noting: Promise<void> | null = null;
let trimming: Promise<number> | null = null;

/** Returns a cached thumbnail, or null. @param event kept alive until the hit is recorded. */
export async function seenPicture(address: string, event: ExtendableEvent): Promise<Response | null> {
  const found = await caches.match(address, { cacheName: CACHE });
  if (found === undefined) return null;
  used.add(address);
  noting ??= new Promise<void>((resolve) => setTimeout(resolve, NOTED_AFTER)).then(noteUse);
  event.waitUntil(noting);
  return found;
}

/** Caches a picture. Never throws: on a full device it drops half of the cache instead of keeping the picture. */
export async function rememberPicture(address: string, response: Response, bounds: SeenBounds): Promise<void> {
  try {
    const body = await response.blob();
    const headers = { 'content-type': response.headers.get('content-type') ?? body.type };
    // The record first: a record without a picture is harmless, but a picture without a record would stay for ever.
    const totals = await record(address, body.size);
    await (await caches.open(CACHE)).put(address, new Response(body, { headers }));
    if (totals.count > bounds.maxCount || totals.bytes > bounds.maxBytes) {
      const left = { maxCount: bounds.maxCount * LEFT_BY_TRIM, maxBytes: bounds.maxBytes * LEFT_BY_TRIM };
      trimming ??= trimSeenPictures(left).finally(() => {
        trimming = null;
      });
      await trimming;
    }
  } catch (error) {
    if (isQuotaError(error)) await dropSeenPictures(0.5);
  }
}

export async function seenTotals(): Promise<SeenTotals> {
  return (await (await picturesDatabase()).get('totals', 'seen')) ?? NOTHING;
}

/** Drops the oldest share of the cache to make room. @param share 0 to 1 @returns the number dropped; 0 on failure. */
export async function dropSeenPictures(share: number): Promise<number> {
  try {
    const { count } = await seenTotals();
    return await trimSeenPictures({ maxCount: Math.floor(count * (1 - share)), maxBytes: Number.POSITIVE_INFINITY });
  } catch {
    return 0;
  }
}

/**
 * Drops the least recently used pictures until the rest is within the bounds.
 *
 * Deletes the bodies first: on a full device the transaction needs that room.
 *
 * @returns the number of pictures dropped.
 */
async function trimSeenPictures(bounds: SeenBounds): Promise<number> {
  const oldest = await oldestBeyond(bounds);
  const cache = await caches.open(CACHE);
  for (const { address } of oldest) await cache.delete(address);
  const transaction = await begin();
  await committed(transaction, forget(transaction, oldest));
  return oldest.length;
}

type SeenTransaction = IDBPTransaction<PicturesSchema, ('seen' | 'totals')[], 'readwrite'>;

async function begin(): Promise<SeenTransaction> {
  return (await picturesDatabase()).transaction(['seen', 'totals'], 'readwrite');
}

async function oldestBeyond({ maxCount, maxBytes }: SeenBounds): Promise<SeenPicture[]> {
  const transaction = (await picturesDatabase()).transaction(['seen', 'totals']);
  let { count, bytes } = (await transaction.objectStore('totals').get('seen')) ?? NOTHING;
  const oldest: SeenPicture[] = [];
  let cursor = await transaction.objectStore('seen').index('used').openCursor();
  while (cursor !== null && (count > maxCount || bytes > maxBytes)) {
    oldest.push(cursor.value);
    count -= 1;
    bytes -= cursor.value.bytes;
    cursor = await cursor.continue();
  }
  return oldest;
}

async function forget(transaction: SeenTransaction, pictures: readonly SeenPicture[]): Promise<void> {
  const [seen, totals] = [transaction.objectStore('seen'), transaction.objectStore('totals')];
  let { count, bytes } = (await totals.get('seen')) ?? NOTHING;
  for (const picture of pictures) {
    const now = await seen.get(picture.address);
    // Already removed, or cached again meanwhile.
    if (now?.usedAt !== picture.usedAt) continue;
    await seen.delete(picture.address);
    count -= 1;
    bytes -= picture.bytes;
  }
  await totals.put({ count, bytes }, 'seen');
}

async function record(address: string, bytes: number): Promise<SeenTotals> {
  const transaction = await begin();
  const write = async () => {
    const [seen, totals] = [transaction.objectStore('seen'), transaction.objectStore('totals')];
    const [former, stored = NOTHING] = await Promise.all([seen.get(address), totals.get('seen')]);
    const now = {
      count: stored.count + (former === undefined ? 1 : 0),
      bytes: stored.bytes + bytes - (former?.bytes ?? 0),
    };
    await Promise.all([seen.put({ address, bytes, usedAt: Date.now() }), totals.put(now, 'seen')]);
    return now;
  };
  return committed(transaction, write());
}

async function noteUse(): Promise<void> {
  const addresses = used;
  used = new Set();
  noting = null;
  try {
    const transaction = (await picturesDatabase()).transaction('seen', 'readwrite');
    const usedAt = Date.now();
    const note = async (address: string) => {
      const seen = await transaction.store.get(address);
      if (seen !== undefined) await transaction.store.put({ ...seen, usedAt });
    };
    await committed(transaction, Promise.all([...addresses].map(note)));
  } catch {
    // The device is full: without recorded hits, pictures are dropped in the order of their arrival.
  }
}
