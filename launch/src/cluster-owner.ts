/**
 * Records which data folder owns a cluster stored outside it. A copy of the data folder names the same cluster, but
 * must neither stop the original's server nor present the original's rows as its own.
 */
import { mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const owner = z.object({
  /** Location of the data folder at the cluster's last start. */
  folder: z.string(),
});

/** @returns the cluster that the folder names; null when it names none yet. */
export async function namedCluster(folder: string): Promise<string | null> {
  return readFile(pointerOf(folder), 'utf8').catch(() => null);
}

/** Records the folder as the cluster's owner; call this once the cluster is complete. */
export async function claimCluster(cluster: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(ownerFile(cluster), JSON.stringify({ folder: await realpath(folder) }), { mode: 0o600 });
  await writeFile(pointerOf(folder), cluster, { mode: 0o600 });
}

/** @throws Error with a message for people when the folder is a copy or its cluster is gone. */
export async function checkOwner(cluster: string, folder: string): Promise<void> {
  if ((await stat(path.join(cluster, 'password')).catch(() => null)) === null) {
    throw new Error(
      `The database of this data folder was at ${cluster} but is no longer there. Restore it, or delete ${pointerOf(folder)} to start with an empty library.`,
    );
  }
  const known = owner.safeParse(JSON.parse(await readFile(ownerFile(cluster), 'utf8').catch(() => 'null')));
  // Earlier versions did not record an owner.
  if (!known.success || known.data.folder === (await realpath(folder))) return;
  const original = known.data.folder;
  // The folder was moved when nothing at its former location names the cluster any more.
  if ((await namedCluster(original)) !== cluster || (await isSameFile(pointerOf(original), pointerOf(folder)))) return;
  throw new Error(
    `This data folder is a copy of ${path.dirname(original)}, but its database at ${cluster} was not copied. Start the original, or delete ${pointerOf(folder)} to start with an empty library here.`,
  );
}

/**
 * Checks a cluster inside the data folder.
 *
 * @throws Error with a message for people when the cluster is a copy of one that was running.
 */
export async function checkNotTorn(data: string): Promise<void> {
  const lock = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => null);
  const original = lock?.split('\n')[1];
  if (!original || original === data) return;
  const version = (folder: string) => path.join(folder, 'PG_VERSION');
  const isThere = (await stat(version(original)).catch(() => null)) !== null;
  if (!isThere || (await isSameFile(version(original), version(data)))) return;
  throw new Error(
    `The database in ${data} was copied from ${original} while that was running and may be inconsistent. Stop the original, copy it again, then start.`,
  );
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(one).catch(() => null), stat(other).catch(() => null)]);
  return a !== null && b !== null && a.dev === b.dev && a.ino === b.ino;
}

function pointerOf(folder: string): string {
  return path.join(folder, 'location');
}

function ownerFile(cluster: string): string {
  return path.join(cluster, 'owner');
}
