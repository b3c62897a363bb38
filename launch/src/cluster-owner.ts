/**
 * Which data folder a cluster belongs to that lies outside of it. A copy of the data folder names the same cluster, and must
 * neither stop the original's server nor show its rows as its own.
 */
import { mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const owner = z.object({
  /** Where the folder was that named the cluster when it was last started. */
  folder: z.string(),
});

/** @returns the cluster that the folder names; null: none yet. */
export async function namedCluster(folder: string): Promise<string | null> {
  return readFile(pointerOf(folder), 'utf8').catch(() => null);
}

/** Makes the cluster the folder's, once it is whole. */
export async function claimCluster(cluster: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(ownerFile(cluster), JSON.stringify({ folder: await realpath(folder) }), { mode: 0o600 });
  await writeFile(pointerOf(folder), cluster, { mode: 0o600 });
}

/** @throws Error with one sentence for people when the folder is a copy, or its cluster is not there. */
export async function checkOwner(cluster: string, folder: string): Promise<void> {
  if ((await stat(path.join(cluster, 'password')).catch(() => null)) === null) {
    throw new Error(
      `The database of this data folder was at ${cluster}, and is not there: bring it back, or delete ${pointerOf(folder)} to begin with an empty library.`,
    );
  }
  const known = owner.safeParse(JSON.parse(await readFile(ownerFile(cluster), 'utf8').catch(() => 'null')));
  // An earlier version wrote none.
  if (!known.success || known.data.folder === (await realpath(folder))) return;
  const original = known.data.folder;
  // Moved: where it was, nothing names the cluster any more.
  if ((await namedCluster(original)) !== cluster || (await isSameFile(pointerOf(original), pointerOf(folder)))) return;
  throw new Error(
    `This data folder is a copy of ${path.dirname(original)}, whose database is at ${cluster} and was not copied with it: start the original, or delete ${pointerOf(folder)} to begin with an empty library here.`,
  );
}

/**
 * For a cluster that lies in the data folder.
 *
 * @throws Error with one sentence for people when it was copied from a running one.
 */
export async function checkNotTorn(data: string): Promise<void> {
  const lock = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => null);
  const original = lock?.split('\n')[1];
  if (!original || original === data) return;
  const version = (folder: string) => path.join(folder, 'PG_VERSION');
  const isThere = (await stat(version(original)).catch(() => null)) !== null;
  if (!isThere || (await isSameFile(version(original), version(data)))) return;
  throw new Error(
    `The database in ${data} is a copy of ${original} that was made while it ran, and may be torn: stop the original, copy it again, then start.`,
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
