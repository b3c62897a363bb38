/**
 * Stores derivatives. Unfinished ones lie in a scratch folder beside them, on the same file system; one host's daemon
 * owns it and empties it at start, so that nothing from a killed daemon remains.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';

export class DerivativeStore {
  readonly #folder: string;
  readonly #scratch: string;
  readonly #onPlaced: ((bytes: number) => void) | null;

  /** @param onPlaced receives the size of each derivative that is placed. */
  constructor(folder: string, host: string, onPlaced: ((bytes: number) => void) | null = null) {
    this.#folder = folder;
    this.#onPlaced = onPlaced;
    this.#scratch = path.join(folder, `.making-${host}`);
  }

  /** The derivative folder. */
  get folder(): string {
    return this.#folder;
  }

  /** Empties the scratch folder. Requires the host's lock, because it would remove a running daemon's work. */
  async clear(): Promise<void> {
    await rm(this.#scratch, { recursive: true, force: true });
    await mkdir(this.#scratch, { recursive: true });
  }

  /** Returns the path at which the derivative of a key is or will be. */
  pathOf(key: string): string {
    return path.join(this.#folder, derivativePath(key));
  }

  /**
   * Returns true when a derivative exists. The caller may then reference it: its time is renewed, so no sweep treats it
   * as unused. An empty file does not count: a power cut can leave one whose name reached the disk before its bytes.
   */
  async has(key: string): Promise<boolean> {
    const file = this.pathOf(key);
    const now = new Date();
    try {
      await utimes(file, now, now);
      return (await stat(file)).size > 0;
    } catch {
      return false;
    }
  }

  /** Makes the derivative of a key unless it exists; it appears whole or not at all. */
  async make(key: string, write: (draft: string, workFolder: string) => Promise<void>): Promise<void> {
    if (await this.has(key)) return;
    await this.withFolder(async (workFolder) => {
      const draft = path.join(workFolder, `draft${path.extname(key)}`);
      await write(draft, workFolder);
      await this.place(draft, key);
    });
  }

  /**
   * Like `make`, for callers that need no working folder: half as many file system calls. Overwrites an existing
   * derivative.
   */
  async makeFile(key: string, write: (draft: string) => Promise<void>): Promise<void> {
    await this.#makeScratch();
    const draft = path.join(this.#scratch, `${randomUUID()}${path.extname(key)}`);
    const destination = this.pathOf(key);
    try {
      await write(draft);
      await this.#count(draft);
      await rename(draft, destination).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        await mkdir(path.dirname(destination), { recursive: true });
        await rename(draft, destination);
      });
    } catch (error) {
      this.#scratchMade = null;
      await rm(draft, { force: true });
      throw error;
    }
  }

  #scratchMade: Promise<unknown> | null = null;

  #makeScratch(): Promise<unknown> {
    this.#scratchMade ??= mkdir(this.#scratch, { recursive: true });
    return this.#scratchMade;
  }

  /** Moves a complete file from a `withFolder` folder into place as the derivative of a key. */
  async place(draft: string, key: string): Promise<void> {
    const destination = this.pathOf(key);
    await mkdir(path.dirname(destination), { recursive: true });
    await this.#count(draft);
    await rename(draft, destination);
  }

  async #count(draft: string): Promise<void> {
    if (this.#onPlaced !== null) this.#onPlaced((await stat(draft)).size);
  }

  /** Provides a private folder for the duration of the call. */
  async withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    const folder = path.join(this.#scratch, randomUUID());
    await mkdir(folder, { recursive: true });
    try {
      return await use(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/**
 * Links files into a folder as `000001<extension>`, `000002…`, so that programs see names without characters (`%`, `#`,
 * `{}`, `:`, a leading `-`) that they would treat as patterns or options.
 *
 * @param files path texts.
 * @returns the links' names in the folder, in the files' order.
 */
export async function linkNumbered(files: readonly string[], folder: string): Promise<string[]> {
  const links: string[] = [];
  for (const file of files) {
    const name = `${String(links.length + 1).padStart(6, '0')}${path.extname(file).toLowerCase()}`;
    await symlink(diskPath(file), path.join(folder, name));
    links.push(name);
  }
  return links;
}
