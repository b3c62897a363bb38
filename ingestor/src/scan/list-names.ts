/** A package's folders with the names of their files, before any is looked at: a fraction of a scan's time. */
import type { Unreadable } from './pending-folder.ts';
import { type WalkOptions, walkFolders } from './walk-folders.ts';

export interface FolderNames {
  /** Within the package's folder, '' for itself. */
  readonly path: string;
  /** Of its files, in order. */
  readonly names: readonly string[];
}

/**
 * Each folder before those below it, in name order, each followed by what could not be looked at in it.
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
