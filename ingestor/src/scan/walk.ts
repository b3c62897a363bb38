/** Lists everything below a folder by name, for quick looks that may stop early. */
import { listNames } from './list-names.ts';
import { joinPath } from './read-folder.ts';
import type { WalkOptions } from './walk-folders.ts';

export type WalkEntry =
  | { readonly kind: 'file'; readonly relativePath: string }
  | { readonly kind: 'folder'; readonly relativePath: string }
  /** A folder or link that could not be read. */
  | { readonly kind: 'unreadable'; readonly relativePath: string; readonly problem: string };

/**
 * Walks depth first, with each folder's entries in name order and files before folders. Skips NAS litter, hidden
 * entries, and links that leave the media roots.
 *
 * @param folder absolute path text, symlinks resolved.
 */
export async function* walkFolder(folder: string, options: WalkOptions): AsyncGenerator<WalkEntry> {
  for await (const listed of listNames(folder, options)) {
    if ('problem' in listed) {
      yield { kind: 'unreadable', ...listed };
      continue;
    }
    if (listed.path !== '') yield { kind: 'folder', relativePath: listed.path };
    for (const name of listed.names) yield { kind: 'file', relativePath: joinPath(listed.path, name) };
  }
}
