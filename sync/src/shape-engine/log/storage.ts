import { BlockCache } from './block-cache.ts';
import { OpenFiles } from './open-files.ts';
import type { StoredFile } from './stored-file.ts';
import { Unsynced } from './unsynced.ts';

export interface StorageLimits {
  /** Size of the blocks kept for readers. */
  readonly cacheBytes: number;
  /** Size of a segment's data beyond which a new segment begins. */
  readonly segmentBytes: number;
  /** Distance between the places where a long transaction may be divided. */
  readonly markBytes: number;
}

export const STORAGE_LIMITS: StorageLimits = {
  cacheBytes: 32 * 1024 * 1024,
  segmentBytes: 32 * 1024 * 1024,
  markBytes: 10 * 1024 * 1024,
};

/** The part of a shape's log that the store uses. */
interface StoredLog {
  readonly bytes: number;
  stop(): Promise<void>;
}

/** Resources shared by the logs of one store. */
export class Storage {
  readonly limits: StorageLimits;
  /** Receives the outcome of work that no caller waits for. */
  readonly log: (message: string, error: unknown) => void;
  readonly files = new OpenFiles();
  readonly cache: BlockCache;
  readonly unsynced: Unsynced;
  /** Logs that were not dropped. */
  readonly logs = new Set<StoredLog>();

  constructor(limits: StorageLimits, log: (message: string, error: unknown) => void) {
    this.limits = limits;
    this.log = log;
    this.cache = new BlockCache(this.files, limits.cacheBytes);
    this.unsynced = new Unsynced(this.files);
  }

  /** Releases everything held for a file; call before the file is removed. */
  forget(file: StoredFile): void {
    this.unsynced.forget(file);
    this.cache.forget(file);
    this.files.forget(file);
  }
}
