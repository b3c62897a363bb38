import { mkdirSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openSegments } from './open-segments.ts';
import { ShapeLog } from './shape-log.ts';
import { readMeta } from './shape-meta.ts';
import { chunkPath } from './snapshot-chunks.ts';
import { STORAGE_LIMITS, Storage, type StorageLimits } from './storage.ts';

export interface ShapeStoreOptions extends Partial<StorageLimits> {
  /** Commits from here on are cut off: Postgres sends them again, and whether all of them reached the disk is unknown. */
  readonly confirmedLsn: bigint;
  /** Hears of what had to be given up. */
  readonly log?: (message: string, error: unknown) => void;
}

/** A finished shape that was there when the store was opened. */
export interface FoundShape {
  readonly handle: string;
  /** What `finish` was given. */
  readonly meta: unknown;
  readonly log: ShapeLog;
}

/** All shapes of an engine in one folder; one process at a time: the replication slot is the lock, and taken before. */
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
   * Removes unfinished shapes and what a crash left over. A shape that cannot be read is removed, and told of.
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
        log(`Shape ${handle} cannot be read and is removed; its readers fetch it again`, error);
      }
      if (shape) found.push(shape);
      else await rm(join(folder, handle), { recursive: true, force: true });
    }
    return new ShapeStore(folder, storage, found);
  }

  /** Of all shapes, on disk. */
  get bytes(): number {
    let sum = 0;
    for (const log of this.#storage.logs) sum += log.bytes;
    return sum;
  }

  /** Reads of files for readers so far; what they share is read once. */
  get reads(): number {
    return this.#storage.cache.reads;
  }

  /** @throws Error when there is a shape of that handle, or it is no name for a folder. */
  create(handle: string): ShapeLog {
    if (!/^[\w-]+$/.test(handle)) throw new RangeError(`${handle} is no handle: only letters, digits, - and _`);
    mkdirSync(join(this.#folder, handle));
    this.#storage.unsynced.addFolder(this.#folder);
    return new ShapeLog(this.#storage, this.#folder, handle, { chunks: [], segments: [] });
  }

  /**
   * Forces to disk what was committed in any log before the call; calls that come together share the work.
   *
   * @throws the system's error, from then on always: the store must be opened again.
   */
  async sync(): Promise<void> {
    await this.#storage.unsynced.sync();
  }

  /** Nothing may be read or written any more. Does not force anything to disk. */
  async close(): Promise<void> {
    await Promise.all([...this.#storage.logs].map((log) => log.stop()));
    await this.#storage.unsynced.settled();
    this.#storage.files.close();
  }
}

/** @returns null for one that was never finished. */
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
    if ((await stat(path)).size !== size) throw new Error(`${path} does not have the ${size} bytes that it should`);
  }
  const segments = await openSegments(storage.files, folder, confirmedLsn);
  return { handle, meta, log: new ShapeLog(storage, parent, handle, { chunks, segments }) };
}
