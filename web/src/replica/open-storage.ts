/** Opens PGlite on the best storage that this browser offers to a worker. */
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import { readUnsent } from '../replica-safety/carry-unsent.ts';
import { DatabaseDamagedError, DeviceFullError, NewerReplicaError } from '../replica-safety/storage-errors.ts';
import { readMarker, type StorageMarker, writeMarker } from '../replica-safety/storage-marker.ts';
import { UnsentJournal } from '../replica-safety/unsent-journal.ts';
import { openOpfsFile, openOpfsFiles } from '../replica-storage/opfs-files.ts';
import type { PackedFiles } from '../replica-storage/packed-files.ts';
import { unpackDirectory } from '../replica-storage/unpack-directory.ts';
import { createPGlite } from './create-pglite.ts';
import type { ReplicaStatus } from './replica.ts';
import { compareVersions } from './replica-version.ts';

export interface OpenedStorage {
  readonly database: PGlite;
  readonly storage: ReplicaStatus['storage'];
  /** Unsent changes beside the database; null where there is no place for them. */
  readonly journal: UnsentJournal | null;
  /** Whether the device gives room for what is written next. */
  hasRoom(): boolean;
  /** Whether the database was there before. */
  readonly wasThere: boolean;
  /** Why the database was made anew; null: it was there, or it is the first. */
  readonly madeAnew: 'newer version' | 'damage' | null;
  /** Says that the database is complete: without it, one whose making was interrupted is made anew. */
  markComplete(): Promise<void>;
}

export interface OpenStorageOptions {
  /** Of the replica that this build makes: replica-version.ts. */
  readonly version: string;
  /** False where tabs cannot agree on who writes: nothing is kept then. */
  readonly durable: boolean;
  /**
   * The library as the server has it ready, as a tar of a data directory; null: there is none.
   *
   * @param projects that it may hold; null: those that the server thinks best.
   */
  readonly image: (projects: readonly string[] | null) => Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null>;
  /** An empty replica, as a gzipped tar of a data directory; null: there is none. */
  readonly preparedDirectory: () => Promise<Response | null>;
  /** PGlite's programs, as its options take them. */
  readonly programs: Promise<PGliteOptions>;
}

/** Milliseconds that a worker which was just ended may take to let go of its files. */
const RELEASE_MS = 10_000;

const FILES = 'files';
const UNSENT = 'unsent';

/**
 * @param name of the folder or database, within this origin.
 * @throws NewerReplicaError, DeviceFullError, DatabaseDamagedError: markFailed() says the latter to the next that opens it.
 */
export async function openStorage(name: string, options: OpenStorageOptions): Promise<OpenedStorage> {
  const { programs } = options;
  const folder = options.durable ? await opfsFolder(name) : null;
  if (folder === null) return openElsewhere(name, options);
  const marker = await readMarker(folder);
  const { version } = options;
  if (marker && compareVersions(marker.version, version) === 'newer') throw new NewerReplicaError();
  const journal = new UnsentJournal(await untilReleased(() => openOpfsFile(folder, UNSENT)));

  let madeAnew: OpenedStorage['madeAnew'] = null;
  if (marker?.making) madeAnew = 'newer version';
  else if (marker?.state === 'damaged') madeAnew = 'damage';
  else if (marker && marker.version !== version) {
    madeAnew = 'newer version';
    await carryOver(folder, journal, await programs);
  }
  // From here on it is this version's, also where its making is interrupted: an older build must not finish it.
  if (madeAnew === 'newer version') await writeMarker(folder, { version, state: 'damaged', making: true });
  const complete = marker !== null && madeAnew === null;
  const files = complete ? await openFiles(folder) : await makeFiles(folder, options, imageProjects(journal));
  const database = await openDatabase(files, await programs);
  return {
    database,
    storage: 'opfs',
    journal,
    hasRoom: () => files.hasRoom(),
    wasThere: complete,
    madeAnew,
    async markComplete() {
      if (!complete) await database.runExclusive(async () => files.becomeDurable());
      if (!complete || marker.state !== 'whole') await writeMarker(folder, { version, state: 'whole', making: false });
      const unsent = journal.changes;
      if (unsent?.remains) journal.replace({ ...unsent, remains: null });
    },
  };
}

/** What was opened turned out to be of no use: it is tried once more, and then made anew. */
export async function markFailed(name: string, state: 'doubtful' | 'damaged'): Promise<void> {
  const folder = await opfsFolder(name);
  const marker = folder && (await readMarker(folder));
  if (!folder || !marker) return;
  const next: StorageMarker['state'] = marker.state === 'whole' ? state : 'damaged';
  await writeMarker(folder, { ...marker, state: next });
}

/** Before the database of another version goes: its unsent changes, which the journal has too where it does not open. */
async function carryOver(
  folder: FileSystemDirectoryHandle,
  journal: UnsentJournal,
  programs: PGliteOptions,
): Promise<void> {
  try {
    const database = await openDatabase(await openFiles(folder), programs);
    try {
      journal.replace(await readUnsent(database));
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof DeviceFullError) throw error;
    console.warn(error);
  }
}

async function openDatabase(files: PackedFiles, programs: PGliteOptions): Promise<PGlite> {
  try {
    return await createPGlite({ ...programs, fs: files });
  } catch (error) {
    const full = !files.hasRoom();
    await files.closeFs();
    if (full) throw new DeviceFullError({ cause: error });
    throw new DatabaseDamagedError('The database on this device does not open.', { cause: error });
  }
}

function openFiles(folder: FileSystemDirectoryHandle): Promise<PackedFiles> {
  return untilReleased(async () => {
    const files = await openOpfsFiles(await folder.getDirectoryHandle(FILES, { create: true }), { durable: true });
    if (files.readdir('/').includes('PG_VERSION')) return files;
    await files.closeFs();
    // PGlite would make an empty one of it.
    throw new DatabaseDamagedError('The database on this device has no files.');
  });
}

/** Without what somebody has said not to keep, an image for everybody is the best there is. */
function imageProjects(journal: UnsentJournal): readonly string[] | null {
  const remains = journal.changes?.remains;
  const isRestricted = remains?.working_set.some((row) => row['choice'] === 'unfollowed') ?? false;
  return remains && isRestricted ? remains.projects : null;
}

/** @param projects whose assets may come at once; null: those that the server thinks best. */
async function makeFiles(
  folder: FileSystemDirectoryHandle,
  options: OpenStorageOptions,
  projects: readonly string[] | null,
): Promise<PackedFiles> {
  const image = () => options.image(projects);
  const sources = [
    image,
    // Once more: over a bad network too it is the quicker way.
    image,
    async () => (await options.preparedDirectory())?.body?.pipeThrough(new DecompressionStream('gzip')) ?? null,
  ];
  for (const source of sources) {
    const stream = await source();
    if (stream === null) continue;
    const files = await emptyFiles(folder);
    try {
      await unpackDirectory(stream, files);
      return files;
    } catch (error) {
      console.warn(error);
      await files.closeFs();
    }
  }
  return emptyFiles(folder);
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
    ...(await options.programs),
  });
  return {
    database,
    storage,
    journal: null,
    hasRoom: () => true,
    wasThere: false,
    madeAnew: null,
    markComplete: async () => {},
  };
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
