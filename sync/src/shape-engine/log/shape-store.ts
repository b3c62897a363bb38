import { mkdirSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openSegments } from './open-segments.ts';
import { ShapeLog } from './shape-log.ts';
import { readMeta } from './shape-meta.ts';
import { chunkPath } from './snapshot-chunks.ts';
import { STORAGE_LIMITS, Storage, type StorageLimits } from './storage.ts';

export interface ShapeStoreOptions extends Partial<StorageLimits> {
  /** Commits from this LSN on are cut off: Postgres resends them, and not all of them may have reached the disk. */
  readonly confirmedLsn: bigint;
  /** Receives failures that no caller handles. */
  readonly log?: (message: string, error: unknown) => void;
}

/** A finished shape found when the store was opened. */
export interface FoundShape {
  readonly handle: string;
  /** The value passed to `finish`. */
  readonly meta: unknown;
  readonly log: ShapeLog;
}

/** All shapes of an engine in one folder, for one process at a time; the replication slot, taken beforehand, is the lock. */
export class ShapeStore {
  readonly found: readonly FoundShape[];
  readonly #folder: string;
  readonly #storage: Storage;

  private constructor(folder: string, storage: Storage, found: readonly FoundShape[]) {
    this.#folder = folder;
    this.#storage = storage;
    this.found = found;
  }

  /**
   * Opens the store, and removes unfinished shapes and leftovers of a crash. An unreadable shape is reported and removed.
   *
   * @throws the system's error when the folder cannot be used.
   */
  static async open(folder: string, options: ShapeStoreOptions): Promise<ShapeStore> {
    const { confirmedLsn, log = () => {}, ...limits } = options;
    const storage = new Storage({ ...STORAGE_LIMITS, ...limits }, log);
    await mkdir(folder, { recursive: true });
    const found: FoundShape[] = [];
    for (const handle of await readdir(folder)) {
      let shape: FoundShape | null = null;
      try {
        shape = await openShape(storage, folder, handle, confirmedLsn);
      } catch (error) {
        log(`Shape ${handle} cannot be read and was removed. Its readers refetch it.`, error);
      }
      if (shape) found.push(shape);
      else await rm(join(folder, handle), { recursive: true, force: true });
    }
    return new ShapeStore(folder, storage, found);
  }

  /** Size of all shapes on disk. */
  get bytes(): number {
    let sum = 0;
    for (const log of this.#storage.logs) sum += log.bytes;
    return sum;
  }

  /** Number of file reads made for readers so far; shared blocks count once. */
  get reads(): number {
    return this.#storage.cache.reads;
  }

  /** @throws Error when the handle is in use or unsuitable as a folder name. */
  create(handle: string): ShapeLog {
    if (!/^[\w-]+$/.test(handle))
      throw new RangeError(`"${handle}" is not a handle: use only letters, digits, - and _`);
    mkdirSync(join(this.#folder, handle));
    this.#storage.unsynced.addFolder(this.#folder);
    return new ShapeLog(this.#storage, this.#folder, handle, { chunks: [], segments: [] });
  }

  /**
   * Forces to disk what any log committed before the call; concurrent calls share the work.
   *
   * @throws the system's error, in this and all later calls: the store must be reopened.
   */
  async sync(): Promise<void> {
    await this.#storage.unsynced.sync();
  }

  /** Closes the store without forcing anything to disk; it must not be used afterwards. */
  async close(): Promise<void> {
    await Promise.all([...this.#storage.logs].map((log) => log.stop()));
    await this.#storage.unsynced.settled();
    this.#storage.files.close();
  }
}

/** @returns null for a shape that was never finished. */
async function openShape(
  storage: Storage,
  parent: string,
  handle: string,
  confirmedLsn: bigint,
): Promise<FoundShape | null> {
  const folder = join(parent, handle);
  const stored = await readMeta(folder);
  if (!stored) return null;
  const { chunks, meta } = stored;
  for (const [index, size] of chunks.entries()) {
    const path = chunkPath(folder, index);
    if ((await stat(path)).size !== size) throw new Error(`${path} does not have the expected ${size} bytes`);
  }
  const segments = await openSegments(storage.files, folder, confirmedLsn);
  return { handle, meta, log: new ShapeLog(storage, parent, handle, { chunks, segments }) };
}
