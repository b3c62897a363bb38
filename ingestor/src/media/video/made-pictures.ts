/** Reads the pictures that ffmpeg wrote into the working folder. */
import { readFile } from 'node:fs/promises';
import type { Pixels } from '../picture/pixels.ts';
import { parsePpm } from '../picture/ppm.ts';

/** @returns null when ffmpeg wrote no picture. */
export async function readPicture(file: string): Promise<Pixels | null> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return bytes === null ? null : parsePpm(bytes);
}
