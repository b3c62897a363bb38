import { type Dirent, promises as fs } from 'node:fs';
import path from 'node:path';
import { isLitter } from './litter.ts';
import { isInside, isInsideAny } from './media-roots.ts';

export type WalkEntry =
  | { readonly kind: 'file'; readonly relativePath: string }
  | { readonly kind: 'folder'; readonly relativePath: string }
  /** A folder or link that could not be read. */
  | { readonly kind: 'unreadable'; readonly relativePath: string; readonly problem: string };

export interface WalkOptions {
  /** Media roots: a symlink is followed while it stays inside one of them. */
  readonly roots: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * What is below a folder, depth first, each folder's entries in name order, files before folders. NAS
 * litter and hidden entries are left out, and so are links that leave the media roots.
 *
 * @param folder absolute, symlinks resolved.
 */
export async function* walkFolder(folder: string, options: WalkOptions): AsyncGenerator<WalkEntry> {
  // Linked folders that were entered, by real path: a link may lead to a folder that holds it.
  const entered = new Set<string>();
  yield* walk('');

  async function* walk(below: string): AsyncGenerator<WalkEntry> {
    options.signal?.throwIfAborted();
    let entries: Dirent[];
    try {
      entries = await fs.readdir(path.join(folder, below), { withFileTypes: true });
    } catch (error) {
      yield { kind: 'unreadable', relativePath: below, problem: describe(error) };
      return;
    }
    const folders: string[] = [];
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (isLitter(entry.name)) continue;
      const relativePath = below === '' ? entry.name : `${below}/${entry.name}`;
      const kind = entry.isSymbolicLink() ? await linkKind(relativePath) : direntKind(entry);
      if (kind === 'file') yield { kind, relativePath };
      else if (kind === 'folder') folders.push(relativePath);
      else if (kind !== null) yield { kind: 'unreadable', relativePath, problem: kind.problem };
    }
    for (const relativePath of folders) {
      yield { kind: 'folder', relativePath };
      yield* walk(relativePath);
    }
  }

  async function linkKind(relativePath: string): Promise<'file' | 'folder' | { problem: string } | null> {
    try {
      const target = await fs.realpath(path.join(folder, relativePath));
      if (!isInsideAny(options.roots, target)) return null;
      const stats = await fs.stat(target);
      if (stats.isFile()) return 'file';
      // A folder of this package is walked where it lies.
      if (!stats.isDirectory() || isInside(folder, target) || entered.has(target)) return null;
      entered.add(target);
      return 'folder';
    } catch (error) {
      return { problem: describe(error) };
    }
  }
}

function direntKind(entry: Dirent): 'file' | 'folder' | null {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : null;
}

function describe(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOENT') return 'it is gone, or its link leads nowhere';
  if (code === 'ELOOP') return 'its links go in a circle';
  return code ?? String(error);
}
