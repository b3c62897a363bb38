/** Reads the entries of one folder, without stats of its files. Blocks: only for the threads of a walk. */
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { fileProblem } from './file-problem.ts';
import { isInside, isInsideAny } from './media-roots.ts';
import { isLitter } from './names/litter.ts';
import { partialFiles } from './names/partial-files.ts';
import { isPlainName, textOfName } from './names/path-text.ts';

/** Postgres cannot index text longer than 2,704 bytes, including its header. */
const MAX_PATH_BYTES = 2600;

/** Names in order, as path text. */
export interface FolderContent {
  /** Files, and links to files. */
  readonly files: string[];
  /** Files that are still being copied. */
  readonly partial: string[];
  readonly folders: string[];
  /** Links to folders outside the package, with the folders' real paths. */
  readonly links: [name: string, target: string][];
  readonly unreadable: [name: string, problem: string][];
}

/**
 * @param base the package's folder, absolute, symlinks resolved.
 * @param folder relative to the base, '' for the base itself.
 * @param roots media roots: links are followed while they stay inside one of them.
 * @throws the system's error when the folder cannot be read.
 */
export function readFolder(base: string, folder: string, roots: readonly string[]): FolderContent {
  const content: FolderContent = { files: [], partial: [], folders: [], links: [], unreadable: [] };
  const entries = entriesOf(joinPath(base, folder));
  const partial = partialFiles(entries.map(({ name }) => name));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name } = entry;
    if (partial.has(name) && entry.isFile()) content.partial.push(name);
    else if (!isLitter(name)) place(entry);
  }
  return content;

  function place(entry: Dirent): void {
    const { name } = entry;
    const path = joinPath(folder, name);
    const listed = entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
    if (listed && path.length * 3 > MAX_PATH_BYTES && Buffer.byteLength(path) > MAX_PATH_BYTES) {
      content.unreadable.push([name, 'its path is longer than 2,600 bytes']);
    } else if (entry.isFile()) content.files.push(name);
    else if (entry.isDirectory()) content.folders.push(name);
    else if (entry.isSymbolicLink()) follow(name, joinPath(base, path));
  }

  function follow(name: string, link: string): void {
    try {
      const target = textOfName(realpathSync.native(diskPath(link), 'buffer'));
      if (!isInsideAny(roots, target)) return;
      const stats = statSync(diskPath(target));
      if (stats.isFile()) content.files.push(name);
      // A folder inside the package is walked in its own place, and a folder around the package is not part of it.
      if (stats.isDirectory() && !isInside(base, target) && !isInside(target, base)) content.links.push([name, target]);
    } catch (error) {
      content.unreadable.push([name, fileProblem(error)]);
    }
  }
}

/** Reads names as text; reads them as bytes, which takes twice as long, only when a name is not plain UTF-8. */
function entriesOf(path: string): Dirent[] {
  const entries = readdirSync(diskPath(path), { withFileTypes: true });
  if (entries.every(({ name }) => isPlainName(name))) return entries;
  return readdirSync(diskPath(path), { withFileTypes: true, encoding: 'buffer' }).map((entry) =>
    Object.assign(entry as unknown as Dirent, { name: textOfName(entry.name) }),
  );
}

export function joinPath(folder: string, name: string): string {
  if (folder === '' || name === '') return folder + name;
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}
