/** Scans a folder for prospective assets, without opening a file. */
import { assetsOf, type ScannedAsset } from './assets-of.ts';
import type { Unreadable } from './pending-folder.ts';
import { scanTree } from './scan-tree.ts';
import type { WalkOptions } from './walk-folders.ts';

export interface ScannedFolder {
  /** In path order. */
  readonly assets: readonly ScannedAsset[];
  readonly fileCount: number;
  readonly unreadable: readonly Unreadable[];
  /** Files that are still being copied, and are not assets yet. */
  readonly partial: readonly string[];
}

/** @param folder absolute path text, symlinks resolved. */
export async function scanFolder(folder: string, options: WalkOptions): Promise<ScannedFolder> {
  const assets: ScannedAsset[] = [];
  const unreadable: Unreadable[] = [];
  const partial: string[] = [];
  let fileCount = 0;
  for await (const listing of scanTree(folder, options)) {
    if ('problem' in listing) {
      unreadable.push(listing);
      continue;
    }
    fileCount += listing.files.length;
    for (const asset of assetsOf(listing)) assets.push(asset);
    for (const path of listing.partial) partial.push(path);
  }
  assets.sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
  return { assets, fileCount, unreadable, partial };
}
