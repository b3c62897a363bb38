/** Finds the folders below a media root that may be deliveries not yet ingested. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { isLitter } from '../scan/names/litter.ts';
import { textOfName } from '../scan/names/path-text.ts';
import { joinPath } from '../scan/read-folder.ts';

export interface FoundFolders {
  /** In order. */
  readonly folders: readonly string[];
  /** Folders that could not be read: nothing is known about their subfolders. */
  readonly unread: readonly string[];
}

/**
 * Returns the folders of a root; where packages lie deeper, their siblings as well. After `<root>/<client>/<delivery>`
 * was ingested, that client's next delivery is found, and so is the next client.
 *
 * @param covered source folders of packages, and nested roots, as absolute path texts.
 */
export async function findIncoming(root: string, covered: ReadonlySet<string>): Promise<FoundFolders> {
  const parents = new Set<string>();
  for (const folder of covered) {
    for (let parent = path.dirname(folder); parent.length >= root.length; parent = path.dirname(parent)) {
      parents.add(parent);
      if (parent === path.dirname(parent)) break;
    }
  }
  const folders: string[] = [];
  const unread: string[] = [];
  const waiting = covered.has(root) ? [] : [root];
  for (const folder of waiting) {
    const names = await foldersIn(folder).catch(() => null);
    if (names === null) unread.push(folder);
    for (const name of names ?? []) {
      const below = joinPath(folder, name);
      if (covered.has(below)) continue;
      (parents.has(below) ? waiting : folders).push(below);
    }
  }
  return { folders: folders.sort(), unread };
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(diskPath(folder), { withFileTypes: true, encoding: 'buffer' });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => textOfName(entry.name))
    .filter((name) => !isLitter(name));
}
