/** The replica image that is ready, as its builder has left it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ReplicaImage, replicaImage, replicaImageFile } from '@ingesthub/schema/replica-image.ts';

/** Which projects are in it; the only working set so far. */
const ALL_PROJECTS = 'all';

/** @returns null when there is none yet. */
export async function currentImage(folder: string): Promise<ReplicaImage | null> {
  const text = await readFile(path.join(folder, replicaImageFile(ALL_PROJECTS)), 'utf8').catch(() => null);
  return text === null ? null : replicaImage.parse(JSON.parse(text));
}
