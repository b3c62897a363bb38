/** Lists a package's folders and the names of their files without touching a file: in a fraction of a scan's time. */
import type { Unreadable } from './pending-folder.ts';
import { type WalkOptions, walkFolders } from './walk-folders.ts';

export interface FolderNames {
  /** Relative to the package's folder; '' is that folder itself. */
  readonly path: string;
  /** Names of its files, in order. */
  readonly names: readonly string[];
}

/**
 * Yields each folder before its subfolders, in name order, followed by the entries in it that could not be read.
 *
 * @param folder absolute path text, symlinks resolved.
 * @throws the signal's reason.
 */
export async function* listNames(folder: string, options: WalkOptions): AsyncGenerator<FolderNames | Unreadable> {
  for await (const walked of walkFolders(folder, options, false)) {
    if ('problem' in walked) {
      yield walked;
      continue;
    }
    yield { path: walked.path, names: walked.names };
    yield* walked.unreadable;
  }
}
