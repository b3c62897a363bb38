/** Opens a file for reading without ever blocking on a pipe, socket or device. */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';

export interface OpenFile {
  readonly handle: FileHandle;
  /** Facts about the opened handle, even if the name now leads elsewhere. */
  readonly found: Stats;
}

/** @returns null when the file does not exist or is not a regular file. Symbolic links do not count as files. */
export async function openRegularFile(file: string | Buffer): Promise<OpenFile | null> {
  // Checked first, because merely opening some devices has effects.
  const named = await lstat(file).catch(() => null);
  if (!named?.isFile()) return null;
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(file, flags).catch(() => null);
  if (handle === null) return null;
  // Another file may have taken the name in the meantime.
  const found = await handle.stat().catch(() => null);
  if (found?.isFile()) return { handle, found };
  await handle.close();
  return null;
}
