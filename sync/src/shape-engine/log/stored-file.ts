let count = 0;

/**
 * A file that only grows at its end. Readers hold a lease, so the file is removed only when the last of them is done, and
 * a slow reader keeps no descriptor open.
 */
export class StoredFile {
  /** Unique in the process; a path may be reused. */
  readonly id = ++count;
  path: string;
  /** Bytes visible to readers, which never change again. The file may be longer. */
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

  /** Resolves once no reader needs the file. */
  async unused(): Promise<void> {
    while (this.#leases > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
