/** The replica images that the builder has left ready. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { readReplicaImage } from '@ingesthub/schema/replica/read-replica-image.ts';
import { DEFAULT_IMAGE, type ReplicaImage, replicaImageFile } from '@ingesthub/schema/replica/replica-image.ts';

export interface StoredImage extends ReplicaImage {
  readonly name: string;
}

/** @returns null when there is no such image; see `readReplicaImage`. */
export async function readImage(folder: string, name: string = DEFAULT_IMAGE): Promise<StoredImage | null> {
  const image = await readReplicaImage(folder, name);
  return image ? { ...image, name } : null;
}

export async function readImages(folder: string): Promise<StoredImage[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const images = await Promise.all(names.map((name) => readImage(folder, path.basename(name, '.json'))));
  return images.filter((image) => image !== null);
}

/** Returns the image that saves a browser the most: the largest one without projects that the browser does not keep. */
export function bestImage(images: readonly StoredImage[], projects: readonly string[]): StoredImage | null {
  const wanted = new Set(projects);
  const useful = images.filter((image) => image.projects.length > 0 && image.projects.every((id) => wanted.has(id)));
  return useful.toSorted((a, b) => b.projects.length - a.projects.length)[0] ?? null;
}

/** Removes the images that continue a deleted shape, and keeps the folders that the next builds continue from. @returns their names. */
export async function dropImagesOf(folder: string, handle: string): Promise<string[]> {
  const useless = (await readImages(folder)).filter(({ handles }) => handles.includes(handle));
  for (const { name, files } of useless) {
    for (const file of [replicaImageFile(name), files.zstd, files.gzip])
      await rm(path.join(folder, file), { force: true });
  }
  return useless.map(({ name }) => name);
}

/** Removes an image and the folder that its next build would have continued from. */
export async function removeImage(folder: string, name: string): Promise<void> {
  const files = (await readdir(folder)).filter(
    (file) => file === replicaImageFile(name) || file.startsWith(`${name}-`),
  );
  await Promise.all(files.map((file) => rm(path.join(folder, file), { recursive: true, force: true })));
}
