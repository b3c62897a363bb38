/** Opens PGlite on the best storage that this browser offers to a worker. */
import { PGlite } from '@electric-sql/pglite';
import { OpfsAhpFS } from '@electric-sql/pglite/opfs-ahp';
import type { ReplicaStatus } from './replica.ts';

export interface OpenedStorage {
  readonly database: PGlite;
  readonly storage: ReplicaStatus['storage'];
  /** Says that the database is complete: without it, one whose making was interrupted is made anew. */
  markComplete(): Promise<void>;
}

/** Milliseconds that a worker which was just ended may take to let go of its files. */
const RELEASE_MS = 10_000;

/**
 * @param name of the folder or database, within this origin.
 * @param options.durable false where tabs cannot agree on who writes: nothing is kept then.
 * @param options.preparedDirectory a PGlite data directory to begin with, when there is none yet.
 */
export async function openStorage(
  name: string,
  options: { durable: boolean; preparedDirectory: () => Promise<Blob | null> },
): Promise<OpenedStorage> {
  const nothing = async () => {};
  if (!options.durable) {
    const database = await createDatabase(`memory://${name}`, await options.preparedDirectory());
    return { database, storage: 'memory', markComplete: nothing };
  }
  const folder = await opfsFolder(name);
  if (folder === null) {
    const database = await createDatabase(`idb://${name}`, null);
    return { database, storage: 'indexeddb', markComplete: nothing };
  }
  const complete = await folder.getFileHandle(COMPLETE).then(
    () => true,
    () => false,
  );
  if (!complete) await untilReleased(() => removeIfThere(folder, DATA));
  const prepared = complete ? null : await options.preparedDirectory();
  const initialPoolSize = prepared ? PREPARED_POOL : EMPTY_POOL;
  const database = await untilReleased(() =>
    PGlite.create({
      fs: new OpfsAhpFS(`${name}/${DATA}`, { initialPoolSize }),
      ...(prepared && { loadDataDir: prepared }),
    }),
  );
  return {
    database,
    storage: 'opfs',
    async markComplete() {
      await folder.getFileHandle(COMPLETE, { create: true });
    },
  };
}

/**
 * Files that a new folder begins with. Each is opened at once, which takes milliseconds: as few as a
 * prepared data directory and its first load need (a test counts them), as many as initdb makes.
 */
export const PREPARED_POOL = 600;
const EMPTY_POOL = 1200;
const DATA = 'data';
const COMPLETE = 'complete';

function createDatabase(directory: string, prepared: Blob | null): Promise<PGlite> {
  return PGlite.create(directory, prepared ? { loadDataDir: prepared } : {});
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
