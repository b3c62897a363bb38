let count = 0;

/**
 * A file that only ever grows at its end. Readers hold a lease on it, so that it is removed only when the last of
 * them has done: a slow reader keeps no descriptor open.
 */
export class StoredFile {
  /** Unique in the process; a path may be used again. */
  readonly id = ++count;
  path: string;
  /** Bytes that readers may see; they never change again. The file may be longer. */
  size: number;
  #leases = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(path: string, size: number) {
    this.path = path;
    this.size = size;
  }

  get leased(): boolean {
    return this.#leases > 0;
  }

  lease(): void {
    this.#leases++;
  }

  release(): void {
    this.#leases--;
    if (this.#leases === 0) for (const resume of this.#waiting.splice(0)) resume();
  }

  /** Resolves when no reader needs the file. */
  async unused(): Promise<void> {
    while (this.#leases > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
