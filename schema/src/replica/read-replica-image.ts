/** Reads the description of a stored replica image. Node only. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ReplicaImage, replicaImage, replicaImageFile } from './replica-image.ts';

/** @returns null when no image exists yet or its description is unreadable, left by an older version or a power cut. */
export async function readReplicaImage(folder: string, name: string): Promise<ReplicaImage | null> {
  try {
    const text = await readFile(path.join(folder, replicaImageFile(name)), 'utf8');
    return replicaImage.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
