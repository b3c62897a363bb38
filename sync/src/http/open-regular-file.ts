/** Opens a file for reading without ever waiting for what is no file: a pipe, a socket, a device. */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';

export interface OpenFile {
  readonly handle: FileHandle;
  /** Of the handle: what is read, whatever has the name by now. */
  readonly found: Stats;
}

/** @returns null when there is no such file, or it is not a regular one. A symbolic link is none. */
export async function openRegularFile(file: string | Buffer): Promise<OpenFile | null> {
  // Looked at first, because opening some devices does something.
  const named = await lstat(file).catch(() => null);
  if (!named?.isFile()) return null;
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(file, flags).catch(() => null);
  if (handle === null) return null;
  // Another file may have taken the name since.
  const found = await handle.stat().catch(() => null);
  if (found?.isFile()) return { handle, found };
  await handle.close();
  return null;
}
