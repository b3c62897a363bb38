import { access } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { isInsideAny } from '../scan/media-roots.ts';

/**
 * Checks for a `config.json` beside a folder, the one signal of a VFX package that is not in the folder's own listing.
 *
 * @param folder absolute path text, symlinks resolved.
 * @param roots absolute, symlinks resolved; nothing above them is read.
 */
export async function parentHasConfig(folder: string, roots: readonly string[]): Promise<boolean> {
  const parent = path.dirname(folder);
  if (!isInsideAny(roots, parent)) return false;
  return hasConfig(parent);
}

/** @param folder absolute path text. */
export function hasConfig(folder: string): Promise<boolean> {
  return access(diskPath(path.join(folder, 'config.json'))).then(
    () => true,
    () => false,
  );
}
