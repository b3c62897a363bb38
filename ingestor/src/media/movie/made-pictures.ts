/** The pictures that ffmpeg wrote in the working folder. */
import { readFile } from 'node:fs/promises';
import type { Pixels } from '../picture/pixels.ts';
import { parsePpm } from '../picture/ppm.ts';

/** @returns null when ffmpeg found no picture to write. */
export async function readPicture(file: string): Promise<Pixels | null> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return bytes === null ? null : parsePpm(bytes);
}
