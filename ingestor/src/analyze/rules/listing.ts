/** A folder's listing, which is all that analysis reads of a package: names, sizes and kinds. No file is opened. */
import { createHash } from 'node:crypto';
import { framePath } from '../../scan/names/sequences.ts';
import { foldersOf, type LayoutFile } from './layout.ts';

/** An asset as a scan found it. */
export interface ListedAsset extends LayoutFile {
  /** Bytes; for a sequence, of all its frames. */
  readonly size: number;
  /** The frames of a sequence, or the parts of a recording in several files. */
  readonly sequence: {
    readonly first: number;
    readonly count: number;
    readonly padding: number;
    /** In frame list notation; null: none. */
    readonly missing?: string | null;
  } | null;
}

export interface FolderListing {
  /** In path order. */
  readonly assets: readonly ListedAsset[];
  /** Paths that could not be read; '' is the folder itself. */
  readonly unreadable: readonly { readonly relativePath: string; readonly problem: string }[];
}

/** The facts by which package kinds are recognised. */
export interface PackageFacts {
  /** The folder's own name. */
  readonly folderName: string;
  /** A `config.json` in the folder or in its parent. */
  readonly hasConfig: boolean;
  /** Names of the folders below it, at any depth. */
  readonly subfolderNames: readonly string[];
  /** Names of its first files; only the first 200 are used. */
  readonly fileNames: readonly string[];
}

/** Files whose names count as facts. */
export const SAMPLE_SIZE = 200;

/** Returns a hash in hex, equal for the same names, sizes and kinds. */
export function listingHash(assets: readonly ListedAsset[]): string {
  const hash = createHash('sha256');
  for (const { relativePath, fileType, size, sequence } of assets) {
    hash.update(`${JSON.stringify([relativePath, fileType, size, sequence?.count ?? null])}\n`);
  }
  return hash.digest('hex');
}

/** Collects the facts by which package kinds are recognised. A sequence counts as its frames, which are files. */
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
  // Missing frames do not change the pattern of the names.
  for (let index = 0; index < Math.min(sequence.count, most); index++) {
    yield framePath(name, sequence.padding, sequence.first + index);
  }
}
