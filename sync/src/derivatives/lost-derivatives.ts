/** Notices derivatives that rows name and that are not on disk, and has them made again. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath } from '@ingesthub/schema/derivatives.ts';
import type { Sql } from 'postgres';

export interface NamedDerivative {
  readonly assetId: string;
  readonly key: string;
}

/** A derivative that is lost again within an hour lies where this server does not look: it is not made in a circle. */
const PAUSE_MS = 3600 * 1000;
/** Losses that are remembered. */
const MAX_REMEMBERED = 100_000;

export class LostDerivatives {
  readonly #sql: Sql;
  readonly #folder: string;
  /** By asset and key, when it was set back, of `performance.now()`; the oldest first. */
  readonly #setBackAt = new Map<string, number>();

  /** @param folder the derivative folder. */
  constructor(sql: Sql, folder: string) {
    this.#sql = sql;
    this.#folder = folder;
  }

  /**
   * Sets those that are really gone back to pending, and puts them before other work: somebody looks at them. A folder
   * that is not there says nothing about its files.
   *
   * @param asked derivatives that could not be read after their rows were.
   */
  async notice(asked: readonly NamedDerivative[]): Promise<void> {
    const fresh = asked.filter((each) => !this.#isRecent(each));
    if (fresh.length === 0 || !(await isFolder(this.#folder))) return;
    const gone: NamedDerivative[] = [];
    for (const each of fresh) if (await isGone(path.join(this.#folder, derivativePath(each.key)))) gone.push(each);
    if (gone.length === 0) return;
    const ids = gone.map(({ assetId }) => assetId);
    const keys = gone.map(({ key }) => key);
    // Should Postgres be away, the next reader notices the same.
    const done = await this.#sql`
      WITH changed AS (SELECT asset_id FROM make_derivatives_again(${ids}::uuid[], ${keys}::text[]))
      INSERT INTO wanted (asset_id)
      SELECT asset_id FROM changed ORDER BY asset_id
      ON CONFLICT (asset_id) DO NOTHING`.catch(() => null);
    if (done === null) return;
    const now = performance.now();
    for (const each of gone) this.#setBackAt.set(nameOf(each), now);
    for (const name of this.#setBackAt.keys()) {
      if (this.#setBackAt.size <= MAX_REMEMBERED) break;
      this.#setBackAt.delete(name);
    }
  }

  #isRecent(each: NamedDerivative): boolean {
    const at = this.#setBackAt.get(nameOf(each));
    return at !== undefined && performance.now() - at < PAUSE_MS;
  }
}

function nameOf({ assetId, key }: NamedDerivative): string {
  return `${assetId} ${key}`;
}

async function isFolder(folder: string): Promise<boolean> {
  return lstat(`${folder}/.`).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** An error that says nothing of the file, as of a drive that fails, is no loss. */
async function isGone(file: string): Promise<boolean> {
  return lstat(file).then(
    // After a power cut: its name had reached the disk before its bytes.
    ({ size }) => size === 0,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}
