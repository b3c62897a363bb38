/** A package's folders with their files, as soon as each is read; no file is opened. */
import { createHash } from 'node:crypto';
import type { ScannedFile } from './file-identity.ts';
import { LITTER_VERSION } from './litter.ts';
import type { Piece, Unreadable } from './pending-folder.ts';
import { joinPath } from './read-folder.ts';
import { type WalkOptions, walkFolders } from './walk-folders.ts';

export interface FolderListing {
  /** Within the package's folder, '' for itself. */
  readonly path: string;
  /** In name order. */
  readonly files: readonly ScannedFile[];
  /** Within the package's folder: files that are still being copied, which are no assets yet. In name order. */
  readonly partial: readonly string[];
  /** Hex; the same as before means the same files: names, sizes and times. Folders below it do not count. */
  readonly fingerprint: string;
}

/**
 * Each folder before those below it, in name order, each followed by what could not be looked at in it.
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
 * A hash of the names first, then of the numbers, so that it is the same however the folder was divided. Devices and
 * inodes are left out: a remount changes them. A file that took another's name has another time of change.
 */
function fingerprintOf(pieces: readonly Piece[]): string {
  const hash = createHash('sha256').update(`litter ${LITTER_VERSION}`);
  for (const { stated } of pieces) if (stated.names !== '') hash.update(`/${stated.names}`);
  hash.update('//');
  for (const { stated } of pieces) hash.update(stated.numbers);
  return hash.digest('hex');
}
