/** Makes, redirects and removes single symlinks. Never touches anything but links of ours. */
import { randomUUID } from 'node:crypto';
import { readlink, rename, symlink, unlink } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { textOfName } from '../scan/names/path-text.ts';
import { codeOf, LinkRefused } from './link-problem.ts';

/** @throws EEXIST when the name is taken; the system itself ensures that nothing is overwritten. */
export async function makeLink(link: string, target: string): Promise<void> {
  await symlink(diskPath(target), diskPath(link));
}

/**
 * Redirects a link; at any moment either the old or the new link exists.
 *
 * @throws LinkRefused when the link has changed in the meantime.
 */
export async function replaceLink(link: string, former: string, target: string): Promise<void> {
  const draft = path.join(path.dirname(link), `.ihub-${randomUUID()}`);
  await makeLink(draft, target);
  try {
    if ((await readTarget(link)) !== former) throw new LinkRefused(`${link} was changed by another program.`);
    await rename(diskPath(draft), diskPath(link));
  } catch (error) {
    await unlink(diskPath(draft)).catch(() => {});
    throw error;
  }
}

/** Removes a link if it leads to the target. @returns whether such a link existed. */
export async function removeLink(link: string, target: string): Promise<boolean> {
  if ((await readTarget(link)) !== target) return false;
  await unlink(diskPath(link)).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  return true;
}

/** Returns a link's target; null when there is no link of that name. */
export async function readTarget(link: string): Promise<string | null> {
  try {
    return textOfName(await readlink(diskPath(link), { encoding: 'buffer' }));
  } catch (error) {
    if (['EINVAL', 'ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw error;
  }
}
