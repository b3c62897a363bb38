import { access } from 'node:fs/promises';
import path from 'node:path';
import { isInsideAny } from '../scan/media-roots.ts';

/**
 * Whether a `config.json` lies beside a folder: one of the signals of a VFX package that its own listing does not have.
 *
 * @param folder absolute, symlinks resolved.
 * @param roots absolute, symlinks resolved; what lies above them is not looked at.
 */
export async function parentHasConfig(folder: string, roots: readonly string[]): Promise<boolean> {
  const parent = path.dirname(folder);
  if (!isInsideAny(roots, parent)) return false;
  return access(path.join(parent, 'config.json')).then(
    () => true,
    () => false,
  );
}
