import { fdatasync } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { OpenFiles } from './open-files.ts';
import type { StoredFile } from './stored-file.ts';

const syncData = promisify(fdatasync);

/** What was written since it was last forced to disk. */
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

  /** One whose entries changed. */
  addFolder(path: string): void {
    this.#folders.add(path);
  }

  /** Before a file is removed. */
  forget(file: StoredFile): void {
    this.#written.delete(file);
  }

  /**
   * Covers all that was added before the call.
   *
   * @throws the system's error, now and in every later call: what failed once may have left memory without reaching
   * the disk, and a later success would not tell.
   */
  sync(): Promise<void> {
    if (!this.#running) return this.#start();
    // The one that runs may have passed by what was just written; all who come meanwhile share the one after it.
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      return this.sync();
    });
    return this.#next;
  }

  /** Resolves when nothing is under way. */
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
      // Stays, and fails whoever asks next.
      () => {},
    );
    return running;
  }

  async #syncNow(): Promise<void> {
    const written = [...this.#written];
    const folders = [...this.#folders];
    this.#written.clear();
    this.#folders.clear();
    // Whoever removes a file waits for those who lease it: of one that waits for its turn, too.
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

/** Forces a folder's entries to disk; one that was removed meanwhile has none. */
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

/** Each opens a file; the disk takes few at a time anyway. */
async function fewAtOnce<Item>(items: readonly Item[], task: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await task(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
