import { access } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/disk-path.ts';
import { isInsideAny } from '../scan/media-roots.ts';

/**
 * Whether a `config.json` lies beside a folder: one of the signals of a VFX package that its own listing does not have.
 *
 * @param folder absolute path text, symlinks resolved.
 * @param roots absolute, symlinks resolved; what lies above them is not looked at.
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
