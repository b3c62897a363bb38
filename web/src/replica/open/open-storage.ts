/** Opens PGlite on the best storage that this browser offers to a worker. */
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import { SCOPE_FILES } from '../mirror/scope-files.ts';
import type { ReplicaStatus } from '../model/replica.ts';
import { readUnsent } from '../safety/carry-unsent.ts';
import { UnsentJournal } from '../safety/unsent-journal.ts';
import { openOpfsFile, openOpfsFiles } from '../storage/opfs-files.ts';
import type { PackedFiles } from '../storage/packed-files.ts';
import { DatabaseDamagedError, DeviceFullError, NewerReplicaError } from '../storage/storage-errors.ts';
import type { SyncFile } from '../storage/sync-file.ts';
import { unpackDirectory } from '../storage/unpack-directory.ts';
import { createPGlite } from './create-pglite.ts';
import { compareVersions } from './replica-version.ts';
import { readMarker, type StorageMarker, writeMarker } from './storage-marker.ts';

export interface OpenedStorage {
  readonly database: PGlite;
  readonly storage: ReplicaStatus['storage'];
  /** The journal of unsent changes beside the database; null where the storage has no place for it. */
  readonly journal: UnsentJournal | null;
  /** Files beside the database in which the mirror keeps scopes; none where the storage has no place for them. */
  readonly scopeFiles: readonly SyncFile[];
  /** Whether the device has room for the next writes. */
  hasRoom(): boolean;
  /** Whether the database existed before. */
  readonly wasThere: boolean;
  /** Why the database was rebuilt; null: it already existed, or it is the first. */
  readonly madeAnew: 'newer version' | 'damage' | null;
  /** Marks the database as complete; without the mark, the next opening rebuilds it. */
  markComplete(): Promise<void>;
}

export interface OpenStorageOptions {
  /** The version of the replica that this build makes: replica-version.ts. */
  readonly version: string;
  /** False where tabs cannot agree on a writer; nothing is stored then. */
  readonly durable: boolean;
  /**
   * Returns the library that the server has prepared, as a tar of a data directory; null when the server has none.
   *
   * @param projects that the image may hold; null: the server's own choice.
   */
  readonly image: (projects: readonly string[] | null) => Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null>;
  /** Returns an empty replica as a gzipped tar of a data directory; null when this build has none. */
  readonly preparedDirectory: () => Promise<Response | null>;
  /** PGlite's programs, in the form of its options. */
  readonly programs: Promise<PGliteOptions>;
}

/** Milliseconds that a worker may take to release its files after it has ended. */
const RELEASE_MS = 10_000;

const FILES = 'files';
const UNSENT = 'unsent';

/**
 * @param name of the folder or database, within this origin.
 * @throws NewerReplicaError, DeviceFullError, or DatabaseDamagedError, which markFailed() records for the next opening.
 */
export async function openStorage(name: string, options: OpenStorageOptions): Promise<OpenedStorage> {
  const { programs } = options;
  const folder = options.durable ? await opfsFolder(name) : null;
  if (folder === null) return openWithoutOpfs(name, options);
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
  // From here on the folder belongs to this version, even after an interruption: an older build must not take it over.
  if (madeAnew === 'newer version') await writeMarker(folder, { version, state: 'damaged', making: true });
  const complete = marker !== null && madeAnew === null;
  const files = complete ? await openFiles(folder) : await makeFiles(folder, options, imageProjects(journal));
  const scopeFiles = openScopeFiles(folder);
  const database = await openDatabase(files, await programs);
  return {
    database,
    storage: 'opfs',
    journal,
    scopeFiles: await scopeFiles,
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

/** Marks a database that could not be used: the first time it is tried once more, the second time it is rebuilt. */
export async function markFailed(name: string, state: 'doubtful' | 'damaged'): Promise<void> {
  const folder = await opfsFolder(name);
  const marker = folder && (await readMarker(folder));
  if (!folder || !marker) return;
  const next: StorageMarker['state'] = marker.state === 'whole' ? state : 'damaged';
  await writeMarker(folder, { ...marker, state: next });
}

/**
 * Saves the unsent changes of another version's database to the journal before that database is deleted. If the
 * database does not open, the journal already has them.
 */
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
    throw new DatabaseDamagedError('The database on this device cannot be opened.', { cause: error });
  }
}

function openFiles(folder: FileSystemDirectoryHandle): Promise<PackedFiles> {
  return untilReleased(async () => {
    const files = await openOpfsFiles(await folder.getDirectoryHandle(FILES, { create: true }), { durable: true });
    if (files.readdir('/').includes('PG_VERSION')) return files;
    await files.closeFs();
    // PGlite would create an empty database in this folder.
    throw new DatabaseDamagedError('The database on this device has no files.');
  });
}

/** Opens the files among the database's own, with which they are removed. The app does without where that fails. */
async function openScopeFiles(folder: FileSystemDirectoryHandle): Promise<SyncFile[]> {
  const beside = await folder.getDirectoryHandle(FILES);
  const names = Array.from({ length: SCOPE_FILES }, (_, index) => `scope-${index}`);
  const opened = await Promise.allSettled(names.map((name) => untilReleased(() => openOpfsFile(beside, name))));
  return opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

/** Returns the projects that the image may hold; null unless a project is switched off on this device. */
function imageProjects(journal: UnsentJournal): readonly string[] | null {
  const remains = journal.changes?.remains;
  const isRestricted = remains?.working_set.some((row) => row['choice'] === 'unfollowed') ?? false;
  return remains && isRestricted ? remains.projects : null;
}

/** @param projects whose assets the image may hold; null: the server's own choice. */
async function makeFiles(
  folder: FileSystemDirectoryHandle,
  options: OpenStorageOptions,
  projects: readonly string[] | null,
): Promise<PackedFiles> {
  const image = () => options.image(projects);
  const sources = [
    image,
    // Tried twice: even over a bad network the image is the quicker way.
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

/**
 * Opens the database in memory, or in IndexedDB where the browser has no files for workers. Never starts from an
 * image, which would have to be held in memory whole.
 */
async function openWithoutOpfs(name: string, options: OpenStorageOptions): Promise<OpenedStorage> {
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
    scopeFiles: [],
    hasRoom: () => true,
    wasThere: false,
    madeAnew: null,
    markComplete: async () => {},
  };
}

async function opfsFolder(name: string): Promise<FileSystemDirectoryHandle | null> {
  if (typeof FileSystemFileHandle === 'undefined') return null;
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) return null;
  // Some browsers have the API in private windows, but every call to it fails.
  const root = await navigator.storage.getDirectory().catch(() => null);
  return root?.getDirectoryHandle(name, { create: true }) ?? null;
}

async function removeIfThere(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  await folder.removeEntry(name, { recursive: true }).catch((error: DOMException) => {
    if (error.name !== 'NotFoundError') throw error;
  });
}

/** Retries while another worker still has the files open: they are released after that worker's Web Lock. */
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
