/** One symlink: made, pointed elsewhere, taken away. Never anything else than a link of ours. */
import { randomUUID } from 'node:crypto';
import { readlink, rename, symlink, unlink } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/disk-path.ts';
import { textOfName } from '../scan/path-text.ts';
import { codeOf, LinkRefused } from './link-problem.ts';

/** @throws EEXIST when anything has that name: the system itself sees to it, so that nothing is overwritten. */
export async function makeLink(link: string, target: string): Promise<void> {
  await symlink(diskPath(target), diskPath(link));
}

/**
 * Points a link elsewhere; there is always one or the other.
 *
 * @throws LinkRefused when it is not the link that it was.
 */
export async function replaceLink(link: string, former: string, target: string): Promise<void> {
  const draft = path.join(path.dirname(link), `.ihub-${randomUUID()}`);
  await makeLink(draft, target);
  try {
    if ((await readTarget(link)) !== former) throw new LinkRefused(`${link} was changed by somebody else.`);
    await rename(diskPath(draft), diskPath(link));
  } catch (error) {
    await unlink(diskPath(draft)).catch(() => {});
    throw error;
  }
}

/** Takes a link away that leads to the target. @returns whether there was one. */
export async function removeLink(link: string, target: string): Promise<boolean> {
  if ((await readTarget(link)) !== target) return false;
  await unlink(diskPath(link)).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  return true;
}

/** Where a link leads; null when it is none, or not there. */
export async function readTarget(link: string): Promise<string | null> {
  try {
    return textOfName(await readlink(diskPath(link), { encoding: 'buffer' }));
  } catch (error) {
    if (['EINVAL', 'ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw error;
  }
}
