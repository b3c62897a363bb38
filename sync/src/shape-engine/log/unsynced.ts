import { fdatasync } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { OpenFiles } from './open-files.ts';
import type { StoredFile } from './stored-file.ts';

const syncData = promisify(fdatasync);

/** Files and folders written since they were last forced to disk. */
export class Unsynced {
  readonly #files: OpenFiles;
  readonly #written = new Set<StoredFile>();
  readonly #folders = new Set<string>();
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(files: OpenFiles) {
    this.#files = files;
  }

  add(file: StoredFile): void {
    this.#written.add(file);
  }

  /** Adds a folder whose entries changed. */
  addFolder(path: string): void {
    this.#folders.add(path);
  }

  /** Leaves a file out of later syncs; call before waiting for its leases to end, and then remove it. */
  forget(file: StoredFile): void {
    this.#written.delete(file);
  }

  /**
   * Forces to disk everything added before the call.
   *
   * @throws the system's error, in this and every later call: after a failure, data may have left memory without reaching
   * the disk, and a later success would hide that.
   */
  sync(): Promise<void> {
    if (!this.#running) return this.#start();
    // The running sync may have missed recent writes; all callers that arrive meanwhile share the next one.
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      return this.sync();
    });
    return this.#next;
  }

  /** Resolves when no sync is running. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#running, this.#next]);
  }

  #start(): Promise<void> {
    const running = this.#syncNow();
    this.#running = running;
    void running.then(
      () => {
        if (this.#running === running) this.#running = null;
      },
      // A failed sync stays and fails every later call.
      () => {},
    );
    return running;
  }

  async #syncNow(): Promise<void> {
    const written = [...this.#written];
    const folders = [...this.#folders];
    this.#written.clear();
    this.#folders.clear();
    // Removing a file waits for its leases, including those of files that still wait for their turn.
    for (const file of written) file.lease();
    try {
      await Promise.all([
        fewAtOnce(written, (file) => this.#files.use(file, syncData)),
        fewAtOnce(folders, (folder) => syncFolder(folder)),
      ]);
    } finally {
      for (const file of written) file.release();
    }
  }
}

/** Forces a folder's entries to disk; a folder removed in the meantime has none. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  try {
    await folder?.sync();
  } finally {
    await folder?.close();
  }
}

/** Runs the tasks a few at a time: each opens a file, and the disk handles few in parallel anyway. */
async function fewAtOnce<Item>(items: readonly Item[], task: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await task(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
