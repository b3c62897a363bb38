/** A folder's listing: all that analysis reads of a package. Names, sizes and kinds; no file is opened. */
import { createHash } from 'node:crypto';
import { framePath } from '../scan/sequences.ts';
import { foldersOf, type LayoutFile } from './layout.ts';
import { type PackageFacts, SAMPLE_SIZE } from './package-type.ts';

/** An asset as a scan found it. */
export interface ListedAsset extends LayoutFile {
  /** Bytes; of a sequence, of all its frames. */
  readonly size: number;
  readonly sequence: { readonly first: number; readonly count: number; readonly padding: number } | null;
}

export interface FolderListing {
  /** In path order. */
  readonly assets: readonly ListedAsset[];
  /** What could not be looked at, '' for the folder itself. */
  readonly unreadable: readonly { readonly relativePath: string; readonly problem: string }[];
}

/** Hex; the same for the same names, sizes and kinds. */
export function listingHash(assets: readonly ListedAsset[]): string {
  const hash = createHash('sha256');
  for (const { relativePath, fileType, size, sequence } of assets) {
    hash.update(`${JSON.stringify([relativePath, fileType, size, sequence?.count ?? null])}\n`);
  }
  return hash.digest('hex');
}

/** What the signals of a VFX package are read from. A sequence counts as its frames: they are files. */
export function packageFactsOf(
  assets: readonly ListedAsset[],
  folder: { readonly name: string; readonly parentHasConfig: boolean },
): PackageFacts {
  const subfolders = new Set<string>();
  const fileNames: string[] = [];
  let hasConfig = folder.parentHasConfig;
  for (const asset of assets) {
    for (const name of foldersOf(asset.relativePath)) subfolders.add(name);
    if (asset.relativePath === 'config.json') hasConfig = true;
    for (const name of namesOf(asset, SAMPLE_SIZE - fileNames.length)) fileNames.push(name);
  }
  return { folderName: folder.name, hasConfig, subfolderNames: [...subfolders], fileNames };
}

function* namesOf({ relativePath, sequence }: ListedAsset, most: number): Generator<string> {
  const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
  if (sequence === null) {
    if (most > 0) yield name;
    return;
  }
  // Which of the frames are missing makes no difference to what the names look like.
  for (let index = 0; index < Math.min(sequence.count, most); index++) {
    yield framePath(name, sequence.padding, sequence.first + index);
  }
}
