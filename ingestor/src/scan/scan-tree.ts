/** Yields a package's folders with their files as soon as each is read; no file is opened. */
import { createHash } from 'node:crypto';
import type { ScannedFile } from './file-identity.ts';
import { LITTER_VERSION } from './names/litter.ts';
import type { Piece, Unreadable } from './pending-folder.ts';
import { joinPath } from './read-folder.ts';
import { type WalkOptions, walkFolders } from './walk-folders.ts';

export interface FolderListing {
  /** Relative to the package's folder; '' is that folder itself. */
  readonly path: string;
  /** In name order. */
  readonly files: readonly ScannedFile[];
  /** Paths of files that are still being copied and are not assets yet. In name order. */
  readonly partial: readonly string[];
  /** Hex; an equal value means the same files: names, sizes and times. Subfolders do not count. */
  readonly fingerprint: string;
}

/**
 * Yields each folder before its subfolders, in name order, followed by the entries in it that could not be read.
 *
 * @param folder absolute path text, symlinks resolved.
 * @throws the signal's reason.
 */
export async function* scanTree(folder: string, options: WalkOptions): AsyncGenerator<FolderListing | Unreadable> {
  for await (const walked of walkFolders(folder, options, true)) {
    if ('problem' in walked) {
      yield walked;
      continue;
    }
    const { path, pieces, partial, unreadable } = walked;
    yield {
      path,
      files: pieces.flatMap(({ files }) => files),
      partial: partial.map((name) => joinPath(path, name)),
      fingerprint: fingerprintOf(pieces),
    };
    yield* unreadable;
  }
}

/**
 * Hashes the names first, then the numbers, so that the result does not depend on how the folder was divided. Devices
 * and inodes are left out, because a remount changes them. A file that took another's name has another change time.
 */
function fingerprintOf(pieces: readonly Piece[]): string {
  const hash = createHash('sha256').update(`litter ${LITTER_VERSION}`);
  for (const { stated } of pieces) if (stated.names !== '') hash.update(`/${stated.names}`);
  hash.update('//');
  for (const { stated } of pieces) hash.update(stated.numbers);
  return hash.digest('hex');
}
