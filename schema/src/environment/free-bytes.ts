/** Measures the free space on a folder's disk. */
import { statfs } from 'node:fs/promises';
import path from 'node:path';

/** @returns bytes that can be written below the folder or where it would be created; null if the disk reports none. */
export async function freeBytes(folder: string): Promise<number | null> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isMissing || at === path.dirname(at)) return null;
    }
  }
}
