/** Where an engine keeps what it needs to go on after a restart: the shapes, and which slot and database they are of. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const bigint = z.string().regex(/^\d+$/).transform(BigInt);

const state = z.object({
  /** The replication slot; of a folder that was moved, still the one of its old place. */
  slot: z.string(),
  /** Of the cluster and database. */
  origin: z.string(),
  /** Nothing past it was ever acknowledged: a slot that is further has served somebody else, or this folder is an old copy. */
  flushedLsn: bigint,
});
export type EngineState = z.infer<typeof state>;

export class EngineFolder {
  readonly path: string;
  /** Gone with the process: the slot is too. */
  readonly temporary: boolean;
  readonly slot: string;

  private constructor(path: string, temporary: boolean, slot: string) {
    this.path = path;
    this.temporary = temporary;
    this.slot = slot;
  }

  /** @param path null: a temporary one. */
  static async open(path: string | null, publication: string): Promise<EngineFolder> {
    if (path !== null) {
      const folder = resolve(path);
      await mkdir(folder, { recursive: true });
      return new EngineFolder(folder, false, slotName(publication, folder));
    }
    const folder = await mkdtemp(join(tmpdir(), 'ingesthub-shapes-'));
    return new EngineFolder(folder, true, slotName(publication, folder));
  }

  get shapes(): string {
    return join(this.path, 'store');
  }

  get #stateFile(): string {
    return join(this.path, 'engine.json');
  }

  /** @returns null when there is none, or none that makes sense. @throws Error when it may not be read. */
  async readState(): Promise<EngineState | null> {
    const text = await readFile(this.#stateFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return '';
    });
    try {
      return state.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  async writeState(next: EngineState): Promise<void> {
    const text = JSON.stringify(next, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    // Not flushed: after a loss of power an older one only means that shapes are fetched anew.
    await writeFile(`${this.#stateFile}.tmp`, text);
    await rename(`${this.#stateFile}.tmp`, this.#stateFile);
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    await rm(this.#stateFile, { force: true });
    await rm(this.shapes, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    if (this.temporary) await rm(this.path, { recursive: true, force: true });
  }
}

/** One for each folder of each host: engines that share a database do not meet in one. At most 63 characters. */
function slotName(publication: string, folder: string): string {
  const place = createHash('sha256').update(`${hostname()}:${folder}`).digest('hex').slice(0, 12);
  return `${publication
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/g, '_')
    .slice(0, 48)}_${place}`;
}
