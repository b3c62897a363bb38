/** What is known of a stored replica image. Node only. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ReplicaImage, replicaImage, replicaImageFile } from './replica-image.ts';

/** @returns null when there is none yet, or nothing that this version reads: an older one or a power cut has left it. */
export async function readReplicaImage(folder: string, name: string): Promise<ReplicaImage | null> {
  try {
    const text = await readFile(path.join(folder, replicaImageFile(name)), 'utf8');
    return replicaImage.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
