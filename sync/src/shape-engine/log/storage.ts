import { BlockCache } from './block-cache.ts';
import { OpenFiles } from './open-files.ts';
import type { StoredFile } from './stored-file.ts';
import { Unsynced } from './unsynced.ts';

export interface StorageLimits {
  /** Of blocks that are kept for readers. */
  readonly cacheBytes: number;
  /** Of a log's data, past which a new segment is begun. */
  readonly segmentBytes: number;
  /** Between the places where a long transaction may be divided. */
  readonly markBytes: number;
}

export const STORAGE_LIMITS: StorageLimits = {
  cacheBytes: 32 * 1024 * 1024,
  segmentBytes: 32 * 1024 * 1024,
  markBytes: 10 * 1024 * 1024,
};

/** A shape's, as the store sees it. */
interface StoredLog {
  readonly bytes: number;
  stop(): Promise<void>;
}

/** What the logs of one store share. */
export class Storage {
  readonly limits: StorageLimits;
  /** Told what was done about something that no caller waits for. */
  readonly log: (message: string, error: unknown) => void;
  readonly files = new OpenFiles();
  readonly cache: BlockCache;
  readonly unsynced: Unsynced;
  /** Not dropped. */
  readonly logs = new Set<StoredLog>();

  constructor(limits: StorageLimits, log: (message: string, error: unknown) => void) {
    this.limits = limits;
    this.log = log;
    this.cache = new BlockCache(this.files, limits.cacheBytes);
    this.unsynced = new Unsynced(this.files);
  }

  /** Before a file is removed. */
  forget(file: StoredFile): void {
    this.unsynced.forget(file);
    this.cache.forget(file);
    this.files.forget(file);
  }
}
