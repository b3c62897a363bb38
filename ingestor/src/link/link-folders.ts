/** Makes, reads and removes the folders of links, component by component, and never outside the datasets root. */
import { mkdir, readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { textOfName } from '../scan/names/path-text.ts';
import { checkInside, type Datasets } from './datasets.ts';
import { readTarget } from './link-file.ts';
import { packageFolderOf, partsBelow } from './link-path.ts';
import { codeOf, LinkRefused } from './link-problem.ts';
import type { FoundEntry } from './plan-links.ts';

/** Links read or made at once: each call to a NAS takes a while. */
export const AT_ONCE = 32;

/**
 * Makes a folder below the root, with its missing parents.
 *
 * @throws LinkRefused when the folder would lie elsewhere; errors of `node:fs`.
 */
export async function makeFolder(datasets: Datasets, folder: string): Promise<void> {
  const parts = partsBelow(datasets.root, folder);
  if (parts === null) throw new LinkRefused(`${folder} is not below the datasets root ${datasets.root}.`);
  let made = datasets.root;
  for (const part of parts) {
    made = path.join(made, part);
    if (datasets.checked.has(made)) continue;
    try {
      await mkdir(diskPath(made));
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    // Before anything is created in it: an existing entry may be a symlink.
    await checkInside(datasets, made);
  }
}

/** Returns the entries of a folder, with subfolders as entries that are not links; empty when the folder is missing. */
export async function readLinks(datasets: Datasets, folder: string): Promise<FoundEntry[]> {
  const entries = await readEntries(datasets, folder);
  const found: FoundEntry[] = [];
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    const batch = entries.slice(start, start + AT_ONCE).map(async ({ name, isLink }): Promise<FoundEntry> => {
      return { name, target: isLink ? await readTarget(path.join(folder, name)) : null };
    });
    found.push(...(await Promise.all(batch)));
  }
  return found;
}

/** Returns a folder and the real folders below it, deepest last; empty when the folder is missing. */
export async function foldersBelow(datasets: Datasets, folder: string, signal: AbortSignal): Promise<string[]> {
  const folders: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal.throwIfAborted();
    const entries = await readEntries(datasets, next);
    folders.push(next);
    for (const { name, isFolder } of entries) if (isFolder) waiting.push(path.join(next, name));
  }
  return folders.sort((a, b) => a.split('/').length - b.split('/').length);
}

/** Removes empty folders up to the package's own. Folders above may belong to people. */
export async function removeEmptyFolders(datasets: Datasets, folder: string): Promise<void> {
  const top = packageFolderOf(datasets.root, folder);
  if (top === null) return;
  for (let next = folder; next === top || next.startsWith(`${top}/`); next = path.dirname(next)) {
    try {
      await checkInside(datasets, next);
      await rmdir(diskPath(next));
      datasets.checked.delete(next);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') return;
    }
  }
}

async function readEntries(
  datasets: Datasets,
  folder: string,
): Promise<{ name: string; isLink: boolean; isFolder: boolean }[]> {
  try {
    await checkInside(datasets, folder);
    const entries = await readdir(diskPath(folder), { withFileTypes: true, encoding: 'buffer' });
    return entries.map((entry) => ({
      name: textOfName(entry.name),
      isLink: entry.isSymbolicLink(),
      isFolder: entry.isDirectory(),
    }));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
