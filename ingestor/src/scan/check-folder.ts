import { constants } from 'node:fs';
import { access, opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { isInsideAny } from './media-roots.ts';
import { isLitter } from './names/litter.ts';
import { partialFiles } from './names/partial-files.ts';
import { textOfName } from './names/path-text.ts';
import { walkFolder } from './walk.ts';

/** Folders that are searched for a first file before the complete walk. */
const GLANCED = 100;

/** Explains why a folder cannot be ingested; the message is one sentence for people. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
  readonly code: 'not_found' | 'forbidden' | 'invalid_arguments';

  constructor(code: FolderError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Returns the real path, as text, of a folder that may be ingested.
 *
 * @param given absolute path text.
 * @param roots absolute, symlinks resolved.
 * @throws FolderError when the folder is missing, not a folder, unreadable, outside the roots or empty of files.
 */
export async function checkFolder(given: string, roots: readonly string[], signal?: AbortSignal): Promise<string> {
  const real = await realFolder(given);
  const folder = textOfName(real);
  // Check this first: nothing about a path outside the roots may be revealed.
  if (!isInsideAny(roots, folder)) {
    throw new FolderError('forbidden', `${given} is outside the media roots (${roots.join(', ')}).`);
  }
  if (!(await stat(real)).isDirectory()) {
    throw new FolderError('invalid_arguments', `${given} is a file. Name the folder that contains it.`);
  }
  await access(real, constants.R_OK | constants.X_OK).catch((error: Error) => {
    throw unreadable(given, error);
  });
  if (await showsFile(folder)) return folder;
  for await (const entry of walkFolder(folder, { roots, signal })) {
    if (entry.kind === 'file') return folder;
  }
  throw new FolderError('invalid_arguments', `${given} contains no files to ingest.`);
}

/** Returns the real path of a folder whose name may be typed composed but stored decomposed, as by a Mac. */
async function realFolder(given: string): Promise<Buffer> {
  let failure: unknown;
  for (const spelling of new Set([given, given.normalize('NFC'), given.normalize('NFD')])) {
    try {
      return await realpath(diskPath(spelling), { encoding: 'buffer' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EACCES') throw unreadable(given, error as Error);
      failure ??= error;
    }
  }
  throw new FolderError('not_found', `${given} does not exist.`, { cause: failure });
}

function unreadable(folder: string, cause: Error): FolderError {
  return new FolderError('forbidden', `The folder ${folder} cannot be read: permission denied.`, { cause });
}

/** Whether a quick search, which follows no links, finds a file. */
async function showsFile(folder: string): Promise<boolean> {
  const waiting = [folder];
  for (let looked = 0; waiting.length > 0 && looked < GLANCED; looked += 1) {
    const at = waiting.pop() ?? folder;
    const entries = await opendir(diskPath(at)).catch(() => null);
    // The directory handle closes itself at its end and on an early exit.
    for await (const entry of entries ?? []) {
      const { name } = entry;
      if (isLitter(name)) continue;
      if (entry.isFile() && !partialFiles([name]).has(name)) return true;
      if (entry.isDirectory() && waiting.length < GLANCED) waiting.push(path.join(at, name));
    }
  }
  return false;
}
