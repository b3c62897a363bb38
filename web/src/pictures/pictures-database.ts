/**
 * Pictures and films on this device: an IndexedDB database of their own, for all tabs and the service worker.
 * Not in the replica, which may be rebuilt.
 *
 * Pictures that are kept offline lie as they came, up to 256 in one blob: few large values, written in the
 * transaction that also says where each picture is, so that what is there is always whole.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** What a person wants offline, by its key `package:<id>` or `project:<id>`. */
export interface KeptScope {
  readonly key: string;
  readonly kind: 'package' | 'project';
  readonly id: string;
  /** A person stopped it; what has arrived stays. */
  readonly stopped: boolean;
}

/** Pictures of one package, fetched together. */
export interface Pack {
  /** Counts up: of two packs with the same asset, the later one has its present picture. */
  readonly number: number;
  readonly packageId: string;
  readonly projectId: string;
  /** Pictures that no later pack has replaced. */
  live: number;
  readonly bytes: number;
}

/** What a pack has been made of: long, and read only to see what is missing. */
interface PackContents {
  readonly assetIds: readonly string[];
  /** Of their pictures, in the same order. */
  readonly versions: readonly number[];
}

/** Where an asset's picture is. */
interface KeptPicture {
  readonly version: number;
  readonly pack: number;
  readonly offset: number;
  readonly length: number;
}

export interface MovieFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: number;
}

/** A film or sound that is kept offline, in parts. */
export interface KeptMovie {
  readonly assetId: string;
  /** As a player asks for it: path and search. */
  readonly address: string;
  /** Null: nothing has arrived. */
  readonly file: MovieFile | null;
  /** Bytes that are there, from the beginning. */
  readonly bytesHere: number;
  /** Why the server did not give the next part, in a sentence; absent: nobody knows of a reason. */
  readonly refusal?: string;
}

/** A picture in the cache of those seen. */
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
  movies: { key: string; value: KeptMovie };
  /** By the asset and where the part begins. */
  parts: { key: [string, number]; value: Blob };
  seen: { key: string; value: SeenPicture; indexes: { used: number } };
  totals: { key: 'seen'; value: SeenTotals };
}

export type PicturesDatabase = IDBPDatabase<PicturesSchema>;

const NAME = 'ihub-pictures';
let opened: Promise<PicturesDatabase> | null = null;

/** @throws when the browser gives no storage. */
export function picturesDatabase(): Promise<PicturesDatabase> {
  opened ??= openDB<PicturesSchema>(NAME, 1, {
    upgrade(database) {
      database.createObjectStore('scopes', { keyPath: 'key' });
      const packs = database.createObjectStore('packs', { keyPath: 'number' });
      packs.createIndex('package', 'packageId');
      packs.createIndex('project', 'projectId');
      database.createObjectStore('contents');
      database.createObjectStore('bodies');
      database.createObjectStore('pictures');
      database.createObjectStore('movies', { keyPath: 'assetId' });
      database.createObjectStore('parts');
      database.createObjectStore('seen', { keyPath: 'address' }).createIndex('used', 'usedAt');
      database.createObjectStore('totals');
    },
    // Another version of the app, or the person, wants it: it is opened again when it is needed.
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
 * Resolves when the transaction is committed, with what the work in it gave.
 *
 * @throws what ended the transaction, such as QuotaExceededError, rather than the AbortError of its requests.
 */
export async function committed<Value>(transaction: { done: Promise<void> }, work: Promise<Value>): Promise<Value> {
  const [done, worked] = await Promise.allSettled([transaction.done, work]);
  if (done.status === 'rejected') throw done.reason;
  if (worked.status === 'rejected') throw worked.reason;
  return worked.value;
}

/** Whether the device, or the browser's share of it, is full. */
export function isQuotaError(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}
