import { constants } from 'node:fs';
import { access, opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/disk-path.ts';
import { isLitter } from './litter.ts';
import { isInsideAny } from './media-roots.ts';
import { partialFiles } from './partial-files.ts';
import { textOfName } from './path-text.ts';
import { walkFolder } from './walk.ts';

/** Folders that are looked into for a first file before all of them are. */
const GLANCED = 100;

/** Why a folder cannot be ingested; the message is one sentence for people. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
  readonly code: 'not_found' | 'forbidden' | 'invalid_arguments';

  constructor(code: FolderError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * The real path, as text, of a folder that may be ingested.
 *
 * @param given absolute path text.
 * @param roots absolute, symlinks resolved.
 * @throws FolderError when it is missing, no folder, unreadable, outside the roots or has no file in it.
 */
export async function checkFolder(given: string, roots: readonly string[], signal?: AbortSignal): Promise<string> {
  const real = await realFolder(given);
  const folder = textOfName(real);
  // Before anything else is said about it: what lies outside the roots stays unknown.
  if (!isInsideAny(roots, folder)) {
    throw new FolderError('forbidden', `${given} is outside the media roots (${roots.join(', ')}).`);
  }
  if (!(await stat(real)).isDirectory()) {
    throw new FolderError('invalid_arguments', `${given} is a file: name the folder that it lies in.`);
  }
  await access(real, constants.R_OK | constants.X_OK).catch((error: Error) => {
    throw unreadable(given, error);
  });
  if (await showsFile(folder)) return folder;
  for await (const entry of walkFolder(folder, { roots, signal })) {
    if (entry.kind === 'file') return folder;
  }
  throw new FolderError('invalid_arguments', `${given} has no files in it to ingest.`);
}

/** The same name may be composed where it is typed, and decomposed on disk, as by a Mac. */
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
  throw new FolderError('not_found', `There is no folder ${given}.`, { cause: failure });
}

function unreadable(folder: string, cause: Error): FolderError {
  return new FolderError('forbidden', `The folder ${folder} cannot be read: permission denied.`, { cause });
}

/** Whether a first file is found soon, without all of a folder's names and without links. */
async function showsFile(folder: string): Promise<boolean> {
  const waiting = [folder];
  for (let looked = 0; waiting.length > 0 && looked < GLANCED; looked += 1) {
    const at = waiting.pop() ?? folder;
    const entries = await opendir(diskPath(at)).catch(() => null);
    // Closes itself at the end of its entries, and when they are left.
    for await (const entry of entries ?? []) {
      const { name } = entry;
      if (isLitter(name)) continue;
      if (entry.isFile() && !partialFiles([name]).has(name)) return true;
      if (entry.isDirectory() && waiting.length < GLANCED) waiting.push(path.join(at, name));
    }
  }
  return false;
}
