/**
 * The IndexedDB database of the pictures and videos on this device, shared by all tabs and the service worker.
 * Separate from the replica, which may be rebuilt.
 *
 * Pictures that are kept offline are stored as they arrived, up to 256 in one blob. These few large values are
 * written in the same transaction as the position of each picture, so every recorded picture is complete.
 */
import { type DBSchema, type IDBPDatabase, openDB, unwrap } from 'idb';

/** A package or project to keep offline, with the key `package:<id>` or `project:<id>`. */
export interface KeptScope {
  readonly key: string;
  readonly kind: 'package' | 'project';
  readonly id: string;
  /** The user stopped fetching; pictures that have arrived stay. */
  readonly stopped: boolean;
}

/** Pictures of one package, fetched together. */
export interface Pack {
  /** Counts up: of two packs with the same asset, the one with the higher number has its current picture. */
  readonly number: number;
  readonly packageId: string;
  readonly projectId: string;
  /** The number of pictures that no later pack has replaced. */
  live: number;
  readonly bytes: number;
}

/** The pictures in a pack: a long list, read only to find out what is missing. */
interface PackContents {
  readonly assetIds: readonly string[];
  /** The versions of their pictures, in the same order. */
  readonly versions: readonly number[];
}

/** The position of an asset's picture within a pack. */
interface KeptPicture {
  readonly version: number;
  readonly pack: number;
  readonly offset: number;
  readonly length: number;
}

export interface VideoFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: number;
}

/** A video or sound that is kept offline, in parts. */
export interface KeptVideo {
  readonly assetId: string;
  /** Path and search, as a player requests them. */
  readonly address: string;
  /** Null until the first part has arrived. */
  readonly file: VideoFile | null;
  /** The number of bytes that have arrived, from the start of the file. */
  readonly bytesHere: number;
  /** Why the server rejected the request for the next part, in a sentence; absent when it has not. */
  readonly refusal?: string;
}

/** A picture in the cache of recently viewed pictures. */
export interface SeenPicture {
  readonly address: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

export interface SeenTotals {
  readonly count: number;
  readonly bytes: number;
}

export interface PicturesSchema extends DBSchema {
  scopes: { key: string; value: KeptScope };
  packs: { key: number; value: Pack; indexes: { package: string; project: string } };
  contents: { key: number; value: PackContents };
  bodies: { key: number; value: Blob };
  pictures: { key: string; value: KeptPicture };
  videos: { key: string; value: KeptVideo };
  /** Keyed by asset id and the offset of the part. */
  parts: { key: [string, number]; value: Blob };
  seen: { key: string; value: SeenPicture; indexes: { used: number } };
  totals: { key: 'seen'; value: SeenTotals };
}

export type PicturesDatabase = IDBPDatabase<PicturesSchema>;

const NAME = 'ihub-pictures';
/** The name of the store `videos` in version 1. */
const FORMER_VIDEOS = 'movies';
let opened: Promise<PicturesDatabase> | null = null;

/** @throws when the browser provides no storage. */
export function picturesDatabase(): Promise<PicturesDatabase> {
  opened ??= openDB<PicturesSchema>(NAME, 2, {
    upgrade(database, before, _now, transaction) {
      if (before === 1) {
        unwrap(transaction).objectStore(FORMER_VIDEOS).name = 'videos';
        return;
      }
      database.createObjectStore('scopes', { keyPath: 'key' });
      const packs = database.createObjectStore('packs', { keyPath: 'number' });
      packs.createIndex('package', 'packageId');
      packs.createIndex('project', 'projectId');
      database.createObjectStore('contents');
      database.createObjectStore('bodies');
      database.createObjectStore('pictures');
      database.createObjectStore('videos', { keyPath: 'assetId' });
      database.createObjectStore('parts');
      database.createObjectStore('seen', { keyPath: 'address' }).createIndex('used', 'usedAt');
      database.createObjectStore('totals');
    },
    // Another version of the app or the user blocks on this connection: close it, and reopen it on demand.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated: () => {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/**
 * Resolves with the result of the work once its transaction is committed.
 *
 * @throws the error that ended the transaction, such as QuotaExceededError, rather than the AbortError of its requests.
 */
export async function committed<Value>(transaction: { done: Promise<void> }, work: Promise<Value>): Promise<Value> {
  const [done, worked] = await Promise.allSettled([transaction.done, work]);
  if (done.status === 'rejected') throw done.reason;
  if (worked.status === 'rejected') throw worked.reason;
  return worked.value;
}

/** Returns true when the device, or the browser's share of it, is full. */
export function isQuotaError(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}
