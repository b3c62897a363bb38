/** Opens PGlite on the best storage that this browser offers to a worker. */
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import { openOpfsFiles } from '../replica-storage/opfs-files.ts';
import type { PackedFiles } from '../replica-storage/packed-files.ts';
import { unpackDirectory } from '../replica-storage/unpack-directory.ts';
import { createPGlite } from './create-pglite.ts';
import type { ReplicaStatus } from './replica.ts';

export interface OpenedStorage {
  readonly database: PGlite;
  readonly storage: ReplicaStatus['storage'];
  /** Says that the database is complete: without it, one whose making was interrupted is made anew. */
  markComplete(): Promise<void>;
}

export interface OpenStorageOptions {
  /** False where tabs cannot agree on who writes: nothing is kept then. */
  readonly durable: boolean;
  /** The library as the server has it ready, as a tar of a data directory; null: there is none. */
  readonly image: () => Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null>;
  /** An empty replica, as a gzipped tar of a data directory; null: there is none. */
  readonly preparedDirectory: () => Promise<Response | null>;
  /** PGlite's programs, as its options take them. */
  readonly programs: () => Promise<PGliteOptions>;
}

/** Milliseconds that a worker which was just ended may take to let go of its files. */
const RELEASE_MS = 10_000;

const FILES = 'files';
const COMPLETE = 'complete';

/** @param name of the folder or database, within this origin. */
export async function openStorage(name: string, options: OpenStorageOptions): Promise<OpenedStorage> {
  const programs = options.programs();
  const folder = options.durable ? await opfsFolder(name) : null;
  if (folder === null) return openElsewhere(name, options);
  const { files, complete } = await openFiles(folder, options);
  const database = await createPGlite({ ...(await programs), fs: files });
  return {
    database,
    storage: 'opfs',
    async markComplete() {
      if (complete) return;
      await database.runExclusive(async () => files.becomeDurable());
      await folder.getFileHandle(COMPLETE, { create: true });
    },
  };
}

async function openFiles(
  folder: FileSystemDirectoryHandle,
  options: OpenStorageOptions,
): Promise<{ files: PackedFiles; complete: boolean }> {
  const complete = await folder.getFileHandle(COMPLETE).then(
    () => true,
    () => false,
  );
  if (complete) {
    const files = await untilReleased(async () =>
      openOpfsFiles(await folder.getDirectoryHandle(FILES), { durable: true }),
    );
    return { files, complete };
  }
  const sources = [
    options.image,
    // Once more: over a bad network too it is the quicker way.
    options.image,
    async () => (await options.preparedDirectory())?.body?.pipeThrough(new DecompressionStream('gzip')) ?? null,
  ];
  for (const source of sources) {
    const stream = await source();
    if (stream === null) continue;
    const files = await emptyFiles(folder);
    try {
      await unpackDirectory(stream, files);
      return { files, complete };
    } catch (error) {
      console.warn(error);
      await files.closeFs();
    }
  }
  return { files: await emptyFiles(folder), complete };
}

async function emptyFiles(folder: FileSystemDirectoryHandle): Promise<PackedFiles> {
  await untilReleased(() => removeIfThere(folder, FILES));
  return openOpfsFiles(await folder.getDirectoryHandle(FILES, { create: true }), { durable: false });
}

/** In memory, or where the browser has no files for workers, in IndexedDB; never by an image, which would have to be whole in memory. */
async function openElsewhere(name: string, options: OpenStorageOptions): Promise<OpenedStorage> {
  const storage = options.durable ? 'indexeddb' : 'memory';
  const prepared = options.durable ? null : await (await options.preparedDirectory())?.blob();
  const database = await createPGlite({
    dataDir: `${options.durable ? 'idb' : 'memory'}://${name}`,
    ...(prepared && { loadDataDir: prepared }),
    ...(await options.programs()),
  });
  return { database, storage, markComplete: async () => {} };
}

async function opfsFolder(name: string): Promise<FileSystemDirectoryHandle | null> {
  if (typeof FileSystemFileHandle === 'undefined') return null;
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) return null;
  // Private windows of some browsers have the API and refuse it.
  const root = await navigator.storage.getDirectory().catch(() => null);
  return root?.getDirectoryHandle(name, { create: true }) ?? null;
}

async function removeIfThere(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  await folder.removeEntry(name, { recursive: true }).catch((error: DOMException) => {
    if (error.name !== 'NotFoundError') throw error;
  });
}

/** Tries again while another worker still has the files: the lock on them is released after its Web Lock. */
async function untilReleased<Result>(work: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + RELEASE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!busy || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
