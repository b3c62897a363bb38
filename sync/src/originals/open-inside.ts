/**
 * Opens an original and verifies that the opened file is inside a media root. The system resolves names at the moment of
 * opening, and any part of a path may have become a link since it was checked, so the handle itself is checked.
 */
import { readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { type OpenFile, openRegularFile } from '../http/open-regular-file.ts';

export type OpenedOriginal = OpenFile | 'missing' | 'outside';

/** @param roots checked in this order, and only until one contains the file: the others may not answer. */
export async function openInside(file: string | Buffer, roots: readonly string[]): Promise<OpenedOriginal> {
  // Links inside the roots are followed; whether they lead outside is checked before and after opening.
  const resolved = await realpath(file, 'buffer').catch(() => null);
  if (resolved === null) return 'missing';
  if (!(await isInside(resolved, roots))) return 'outside';
  const opened = await openRegularFile(resolved);
  if (opened === null) return 'missing';
  try {
    if (await isInside(await pathOf(opened, resolved), roots)) return opened;
  } catch {
    // Without a path, the location cannot be verified.
  }
  await opened.handle.close();
  return 'outside';
}

async function isInside(file: Buffer, roots: readonly string[]): Promise<boolean> {
  for (const root of roots) {
    const folder = await realpath(root, 'buffer').catch(() => null);
    if (folder === null) continue;
    const prefix = folder.at(-1) === SLASH ? folder : Buffer.concat([folder, Buffer.of(SLASH)]);
    if (file.subarray(0, prefix.length).equals(prefix)) return true;
  }
  return false;
}

const SLASH = path.sep.charCodeAt(0);

/** Returns the location of the opened file. @throws when its name now leads to another file. */
async function pathOf({ handle, found }: OpenFile, opened: Buffer): Promise<Buffer> {
  if (process.platform === 'linux') return readlink(`/proc/self/fd/${handle.fd}`, 'buffer');
  const resolved = await realpath(opened, 'buffer');
  const named = await stat(resolved);
  if (named.ino !== found.ino || named.dev !== found.dev) throw new Error('The file was replaced.');
  return resolved;
}
