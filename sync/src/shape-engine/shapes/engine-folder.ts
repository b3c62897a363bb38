/** The folder where an engine keeps what it needs after a restart: its shapes, and the slot and database they belong to. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const bigint = z.string().regex(/^\d+$/).transform(BigInt);

const state = z.object({
  /** The replication slot; in a folder that was moved, still the slot of the old location. */
  slot: z.string(),
  /** Identifies the cluster and database. */
  origin: z.string(),
  /** Nothing past this LSN was acknowledged: a slot further ahead has served another engine, or this folder is an old copy. */
  flushedLsn: bigint,
});
export type EngineState = z.infer<typeof state>;

export class EngineFolder {
  readonly path: string;
  /** Removed with the process, like the slot. */
  readonly temporary: boolean;
  readonly slot: string;

  private constructor(path: string, temporary: boolean, slot: string) {
    this.path = path;
    this.temporary = temporary;
    this.slot = slot;
  }

  /** @param path null for a temporary folder. */
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

  /** @returns null when the state is missing or invalid. @throws Error when it cannot be read. */
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
    // Not flushed: after a power cut, an older state only means that all shapes start over.
    await writeFile(`${this.#stateFile}.tmp`, text);
    await rename(`${this.#stateFile}.tmp`, this.#stateFile);
  }

  /** Deletes the state and all shapes. */
  async clear(): Promise<void> {
    await rm(this.#stateFile, { force: true });
    await rm(this.shapes, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    if (this.temporary) await rm(this.path, { recursive: true, force: true });
  }
}

/** Returns a name unique to the host and folder, so that engines on one database never share a slot. At most 63 characters. */
function slotName(publication: string, folder: string): string {
  const place = createHash('sha256').update(`${hostname()}:${folder}`).digest('hex').slice(0, 12);
  return `${publication
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/g, '_')
    .slice(0, 48)}_${place}`;
}
