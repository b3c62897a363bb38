import { closeSync, openSync } from 'node:fs';
import type { StoredFile } from './stored-file.ts';

interface Descriptor {
  readonly fd: number;
  users: number;
  /** Closed as soon as its last user is done. */
  leaving: boolean;
}

/** File descriptors, opened on demand; above the limit, the longest unused is closed. */
export class OpenFiles {
  readonly #limit: number;
  readonly #open = new Map<StoredFile, Descriptor>();
  readonly #waiting: (() => void)[] = [];
  #users = 0;

  constructor(limit = 128) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#open.size;
  }

  /**
   * Returns a descriptor for synchronous use: the next call may close it.
   *
   * @throws the system's error when the file cannot be opened.
   */
  descriptor(file: StoredFile): number {
    return this.#descriptor(file).fd;
  }

  /** Keeps the file open while the task runs; waits while half of the limit is in use. */
  async use<Result>(file: StoredFile, task: (fd: number) => Promise<Result>): Promise<Result> {
    while (this.#users >= this.#limit / 2) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const descriptor = this.#descriptor(file);
    descriptor.users++;
    this.#users++;
    try {
      return await task(descriptor.fd);
    } finally {
      descriptor.users--;
      this.#users--;
      if (descriptor.leaving && descriptor.users === 0) closeSync(descriptor.fd);
      this.#waiting.shift()?.();
    }
  }

  /** Closes a file's descriptor; call before the file is removed. */
  forget(file: StoredFile): void {
    const descriptor = this.#open.get(file);
    if (!descriptor) return;
    this.#open.delete(file);
    if (descriptor.users === 0) closeSync(descriptor.fd);
    else descriptor.leaving = true;
  }

  close(): void {
    for (const file of [...this.#open.keys()]) this.forget(file);
  }

  #descriptor(file: StoredFile): Descriptor {
    const known = this.#open.get(file);
    const descriptor = known ?? { fd: openSync(file.path, 'r+'), users: 0, leaving: false };
    // A Map keeps insertion order, so its first entry is the longest unused.
    if (known) this.#open.delete(file);
    this.#open.set(file, descriptor);
    if (!known && this.#open.size > this.#limit) this.#closeLongestUnused(file);
    return descriptor;
  }

  #closeLongestUnused(except: StoredFile): void {
    for (const [file, { users }] of this.#open) {
      if (users > 0 || file === except) continue;
      this.forget(file);
      return;
    }
  }
}
