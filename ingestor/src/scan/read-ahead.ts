/** Keeps threads busy with the folders of a walk: reads the next ones first, and limits how far ahead. */
import { PendingFolder, type Unreadable, type WalkedFolder } from './pending-folder.ts';
import type { WalkReply, WalkRequest } from './walk-thread.ts';
import { WalkThreads } from './walk-threads.ts';

/** Files per request: several threads share a large folder. */
const FILES_AT_ONCE = 1000;
const FOLDERS_AT_ONCE = 32;
/** Files of folders that the walk has not reached yet. */
const MAX_FILES_AHEAD = 50_000;

/** A request to read a folder, or to stat files of it. */
interface Work {
  readonly folder: PendingFolder;
  readonly names: readonly string[] | null;
}

export class ReadAhead implements Disposable {
  readonly #walk: Pick<WalkRequest, 'base' | 'roots' | 'stat'>;
  readonly #threads = new WalkThreads();
  readonly #failed = Promise.withResolvers<never>();
  readonly #stopListening: () => void;
  /** A stack: the last entry is next. */
  readonly #work: Work[] = [];
  #underWay = 0;
  #filesAhead = 0;
  #awaited: boolean = false;
  #ended: boolean = false;

  /** @param signal ends the wait, but not the threads that a drive blocks. */
  constructor(walk: Pick<WalkRequest, 'base' | 'roots' | 'stat'>, signal: AbortSignal | undefined) {
    this.#walk = walk;
    this.#failed.promise.catch(() => {});
    const abort = () => this.#failed.reject(signal?.reason);
    signal?.addEventListener('abort', abort);
    this.#stopListening = () => signal?.removeEventListener('abort', abort);
  }

  /** @param path relative to the base. */
  begin(path: string): PendingFolder {
    const folder = new PendingFolder(path);
    this.#work.push({ folder, names: null });
    return folder;
  }

  /**
   * Returns a folder's content; null when the folder does not exist.
   *
   * @throws the signal's reason, or an error when a thread has ended.
   */
  async wait(folder: PendingFolder): Promise<WalkedFolder | Unreadable | null> {
    this.#awaited = true;
    this.#ask();
    try {
      return await Promise.race([folder.walked, this.#failed.promise]);
    } finally {
      this.#awaited = false;
      this.#filesAhead -= folder.fileCount;
    }
  }

  [Symbol.dispose](): void {
    this.#ended = true;
    this.#stopListening();
    this.#threads[Symbol.dispose]();
  }

  #ask(): void {
    while (
      !this.#ended &&
      this.#work.length > 0 &&
      this.#underWay < this.#threads.capacity &&
      // The awaited folder may be the last one.
      (this.#awaited || this.#filesAhead < MAX_FILES_AHEAD)
    ) {
      this.#underWay += 1;
      this.#send().then(() => {
        this.#underWay -= 1;
        this.#ask();
      }, this.#failed.reject);
    }
  }

  async #send(): Promise<void> {
    const first = this.#work.pop();
    if (!first) return;
    const { folder, names } = first;
    if (names !== null) {
      const files = { folder: folder.path, names: names.join('/') };
      const reply = await this.#threads.ask({ ...this.#walk, folders: [], files });
      this.#takeFiles(folder, names, reply);
    } else {
      const folders = [folder, ...this.#moreFolders()];
      const paths = folders.map(({ path }) => path);
      const reply = await this.#threads.ask({ ...this.#walk, folders: paths, files: null });
      this.#takeFolders(folders, reply);
    }
  }

  /** Takes small folders for the same request, when there are enough for all threads. */
  #moreFolders(): PendingFolder[] {
    const share = Math.floor(this.#work.length / (this.#threads.capacity * 4));
    const folders: PendingFolder[] = [];
    while (folders.length < Math.min(share, FOLDERS_AT_ONCE - 1) && this.#work.at(-1)?.names === null) {
      folders.push((this.#work.pop() as Work).folder);
    }
    return folders;
  }

  #takeFolders(folders: readonly PendingFolder[], { folders: replies }: WalkReply): void {
    // The thread ran out of time for the last folders.
    this.#push(folders.slice(replies.length).map((folder) => ({ folder, names: null })));
    for (const [index, folder] of [...folders.slice(0, replies.length).entries()].reverse()) {
      const reply = replies[index];
      if (!reply) continue;
      const left = folder.addContent(reply);
      this.#push(folder.children.map((child) => ({ folder: child, names: null })));
      if (!this.#walk.stat) folder.addNames(left);
      else if (left.length > 0) this.#lookAt(folder, left);
      this.#filesAhead += folder.fileCount;
      folder.release();
    }
  }

  #lookAt(folder: PendingFolder, names: readonly string[]): void {
    const pieces: Work[] = [];
    for (let start = 0; start < names.length; start += FILES_AT_ONCE) {
      folder.hold();
      pieces.push({ folder, names: names.slice(start, start + FILES_AT_ONCE) });
    }
    this.#push(pieces);
  }

  #takeFiles(folder: PendingFolder, names: readonly string[], { files }: WalkReply): void {
    if (!files) return;
    const before = folder.fileCount;
    folder.addFiles(files);
    this.#filesAhead += folder.fileCount - before;
    if (files.done < names.length) this.#push([{ folder, names: names.slice(files.done) }]);
    else folder.release();
  }

  /** Pushes work so that its first entry is next. */
  #push(work: readonly Work[]): void {
    for (const each of work.toReversed()) this.#work.push(each);
  }
}
