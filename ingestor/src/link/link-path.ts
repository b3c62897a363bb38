/** Computes an asset's link path and target. Pure; paths are texts as in `scan/path-text.ts`. */
import path from 'node:path';
import { existingFrames } from '../scan/names/frame-list.ts';
import { framePath } from '../scan/names/sequences.ts';
import type { AssetToLink } from '../sql/dataset-links.ts';
import { pathComponent } from './path-component.ts';

/** The path in a dataset directory below which deliveries are linked. */
const FROM_CLIENT = 'media/external/from_client';

/** @param directory the dataset directory's name. */
export function packageFolder(root: string, directory: string, packageName: string): string {
  return path.join(root, directory, FROM_CLIENT, pathComponent(packageName));
}

/** Returns the package's folder that is or contains a link or folder; null when there is none below the root. */
export function packageFolderOf(root: string, place: string): string | null {
  const parts = partsBelow(root, place);
  if (parts === null || parts.length < 5 || parts.slice(1, 4).join('/') !== FROM_CLIENT) return null;
  return path.join(root, ...parts.slice(0, 5));
}

/** Returns the components of a path below the root; null when the path is not plainly below it. */
export function partsBelow(root: string, below: string): string[] | null {
  const start = root.endsWith('/') ? root : `${root}/`;
  if (!below.startsWith(start)) return null;
  const parts = below.slice(start.length).split('/');
  return parts.every(isPart) ? parts : null;
}

/** Returns the link's path; for a sequence with a # for each digit of the frame number, as in its relative path. */
export function linkPathOf(folder: string, { fileType, assetType, relativePath }: AssetToLink): string {
  const kind = fileType === 'audio' || assetType === 'audio' ? 'audio' : 'visuals';
  return `${folder}/${kind}/${assetType}/${relativePath}`;
}

/** Whether a path has only plain components. Scans produce no others, and a link for another would lie elsewhere. */
export function isPlainRelative(relativePath: string): boolean {
  return relativePath.split('/').every(isPart);
}

export function targetOf(sourcePath: string, relativePath: string): string {
  return sourcePath.endsWith('/') ? `${sourcePath}${relativePath}` : `${sourcePath}/${relativePath}`;
}

/** Returns the names of an asset's files: one, or one for each existing frame. */
export function fileNamesOf(asset: AssetToLink): string[] {
  const name = path.posix.basename(asset.relativePath);
  const { firstFrame, lastFrame, framePadding, missingFrames } = asset;
  if (firstFrame === null || lastFrame === null || framePadding === null) return [name];
  return existingFrames(firstFrame, lastFrame, missingFrames).map((frame) => framePath(name, framePadding, frame));
}

/** Whether a name is a frame, with any number, of a sequence whose name has #s for digits. */
export function isFrameOf(sequenceName: string, name: string): boolean {
  const [, stem, extension] = /^(.*?)-?#+((?:\.\d+)?\.[^.#]*)$/s.exec(sequenceName) ?? [];
  if (stem === undefined || extension === undefined || name.length <= stem.length + extension.length) return false;
  if (!name.startsWith(stem) || !name.toLowerCase().endsWith(extension.toLowerCase())) return false;
  return /^#*-?\d+$/.test(name.slice(stem.length, name.length - extension.length));
}

function isPart(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !part.includes('\0');
}
