/** Notices derivatives that rows name but that are not on disk, and has them regenerated. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import type { Sql } from 'postgres';

export interface NamedDerivative {
  readonly assetId: string;
  readonly key: string;
}

/** A derivative lost again within an hour is stored where this server does not look; regenerating it would never end. */
const PAUSE_MS = 3600 * 1000;
/** Number of losses remembered. */
const MAX_REMEMBERED = 100_000;

export class LostDerivatives {
  readonly #sql: Sql;
  readonly #folder: string;
  /** Time of each reset (`performance.now()`) by asset and key, oldest first. */
  readonly #setBackAt = new Map<string, number>();

  /** @param folder the derivative folder. */
  constructor(sql: Sql, folder: string) {
    this.#sql = sql;
    this.#folder = folder;
  }

  /**
   * Sets missing derivatives back to pending, ahead of other work, because a person is viewing them. A missing derivative
   * folder proves nothing about its files.
   *
   * @param asked derivatives whose files could not be read although their rows name them.
   */
  async notice(asked: readonly NamedDerivative[]): Promise<void> {
    const fresh = asked.filter((each) => !this.#isRecent(each));
    if (fresh.length === 0 || !(await isFolder(this.#folder))) return;
    const gone: NamedDerivative[] = [];
    for (const each of fresh) if (await isGone(path.join(this.#folder, derivativePath(each.key)))) gone.push(each);
    if (gone.length === 0) return;
    const ids = gone.map(({ assetId }) => assetId);
    const keys = gone.map(({ key }) => key);
    // If Postgres is unavailable, the next reader notices the same loss.
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

/** Returns true only for a file known to be lost: an error that proves nothing about the file, as from a failing drive, is no loss. */
async function isGone(file: string): Promise<boolean> {
  return lstat(file).then(
    // A power cut can leave an empty file: its name reached the disk before its bytes.
    ({ size }) => size === 0,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}
