import { renameSync, rmSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from './unsynced.ts';

const FILE = 'meta.json';

const storedMeta = z.object({
  version: z.literal(1),
  /** Sizes of the snapshot's chunks, in bytes. */
  chunks: z.array(z.int().nonnegative()),
  /** Supplied by the caller. */
  meta: z.unknown(),
});

export type StoredMeta = z.infer<typeof storedMeta>;

/**
 * Reads the metadata of a finished shape.
 *
 * @returns null when the shape was never finished.
 * @throws Error when the file exists but cannot be parsed.
 */
export async function readMeta(folder: string): Promise<StoredMeta | null> {
  let text: string;
  try {
    text = await readFile(join(folder, FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return storedMeta.parse(JSON.parse(text));
}

/**
 * Writes the file atomically, even in a crash.
 *
 * @param isWanted called in the tick in which the file takes its place.
 * @returns whether the file was wanted.
 */
export async function writeMeta(
  folder: string,
  meta: Omit<StoredMeta, 'version'>,
  isWanted: () => boolean,
): Promise<boolean> {
  const temporary = join(folder, `${FILE}.tmp`);
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(JSON.stringify({ version: 1, ...meta }));
    await file.sync();
  } finally {
    await file.close();
  }
  if (!isWanted()) return false;
  renameSync(temporary, join(folder, FILE));
  await syncFolder(folder);
  return true;
}

/** Deletes the file within one tick: a process killed afterwards does not find the shape again. */
export function deleteMeta(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}
