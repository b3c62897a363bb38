/**
 * Where derivatives are made before they are whole: a folder beside them, on the same file system, that
 * one host's daemon owns and empties when it starts, so that nothing a killed one left stays.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath } from '@ingesthub/schema/derivatives.ts';
import { diskPath } from '@ingesthub/schema/disk-path.ts';

export class DerivativeStore {
  readonly #folder: string;
  readonly #scratch: string;
  readonly #onPlaced: ((bytes: number) => void) | null;

  /** @param onPlaced told how large each derivative is that comes to its place. */
  constructor(folder: string, host: string, onPlaced: ((bytes: number) => void) | null = null) {
    this.#folder = folder;
    this.#onPlaced = onPlaced;
    this.#scratch = path.join(folder, `.making-${host}`);
  }

  /** The derivative folder. */
  get folder(): string {
    return this.#folder;
  }

  /** Only while holding the host's lock: it removes what a running daemon is making. */
  async clear(): Promise<void> {
    await rm(this.#scratch, { recursive: true, force: true });
    await mkdir(this.#scratch, { recursive: true });
  }

  /** Where the derivative of a key is, or will be. */
  pathOf(key: string): string {
    return path.join(this.#folder, derivativePath(key));
  }

  /**
   * Whether a derivative is there. Its caller may name it: from now on it is as good as new, and no sweep takes it for
   * left over. An empty file is none: a power cut leaves such, whose name had reached the disk before its bytes.
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

  /** Makes the derivative of a key unless it is there; it appears whole or not at all. */
  async make(key: string, write: (draft: string, workFolder: string) => Promise<void>): Promise<void> {
    if (await this.has(key)) return;
    await this.withFolder(async (workFolder) => {
      const draft = path.join(workFolder, `draft${path.extname(key)}`);
      await write(draft, workFolder);
      await this.place(draft, key);
    });
  }

  /** As `make`, for who needs no folder to work in: half the calls to the file system. Writes even what is there. */
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

  /** Makes a whole file of a folder that `withFolder` gave the derivative of a key. */
  async place(draft: string, key: string): Promise<void> {
    const destination = this.pathOf(key);
    await mkdir(path.dirname(destination), { recursive: true });
    await this.#count(draft);
    await rename(draft, destination);
  }

  async #count(draft: string): Promise<void> {
    if (this.#onPlaced !== null) this.#onPlaced((await stat(draft)).size);
  }

  /** A folder of its own for the time of the call. */
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
 * Links files into a folder as `000001<extension>`, `000002…`: programs then see names without the
 * signs (`%`, `#`, `{}`, `:`, a leading `-`) that they would take for patterns or options.
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
