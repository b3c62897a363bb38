/**
 * Stores placements as a short list of entries that people can read and edit, and that determines the placement of
 * each file of a package.
 */
import type { PlacementEntry } from '@ingesthub/schema/library/placements.ts';
import { foldersOf, type Placement } from './layout.ts';

export interface PlacedFile extends Placement {
  readonly relativePath: string;
}

/** In characters; as the schema of an entry allows. */
const MAX_BECAUSE = 1000;

interface Folder {
  /** With a trailing slash; '' is the package. */
  readonly path: string;
  readonly folders: Map<string, Folder>;
  readonly files: PlacedFile[];
  /** The number of files below it per placement, by {@link keyOf}. */
  readonly below: Map<string, { placement: Placement; files: number }>;
}

/**
 * Makes one entry for each outermost folder whose files all have the same placement. In a folder with mixed files,
 * the folder's entry has the most frequent placement and each other file has its own. A folder whose files have their
 * own entries gets none: files that are added to the package later must not be assigned to a person by chance.
 */
export function compact(files: readonly PlacedFile[]): PlacementEntry[] {
  const root = newFolder('');
  for (const file of files) {
    let folder = root;
    count(folder, file);
    for (const name of foldersOf(file.relativePath)) {
      let child = folder.folders.get(name);
      if (child === undefined) {
        child = newFolder(`${folder.path}${name}/`);
        folder.folders.set(name, child);
      }
      folder = child;
      count(folder, file);
    }
    folder.files.push(file);
  }
  return entriesOf(root).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Returns each file's placement from the entry with the longest path that covers it; null: no entry does. */
export function applyEntries(
  entries: readonly PlacementEntry[],
  files: readonly { readonly relativePath: string }[],
): (Placement | null)[] {
  const byPath = new Map(entries.map((entry) => [entry.path, placementOf(entry)]));
  return files.map(({ relativePath }) => {
    let path = relativePath;
    for (;;) {
      const placement = byPath.get(path);
      if (placement !== undefined) return placement;
      if (path === '') return null;
      // 'a/b.mov' -> 'a/' -> ''
      path = path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
    }
  });
}

function entriesOf(folder: Folder): PlacementEntry[] {
  const [only, other] = folder.below.values();
  if (only !== undefined && other === undefined) return [entry(folder.path, only.placement, only.files)];

  const entries: PlacementEntry[] = [];
  const own = new Map<string, PlacedFile[]>();
  for (const file of folder.files) {
    const same = own.get(keyOf(file));
    if (same) same.push(file);
    else own.set(keyOf(file), [file]);
  }
  // The first of equally frequent ones, so that the same files give the same entries.
  const most = [...own.values()].reduce<PlacedFile[]>((a, b) => (b.length > a.length ? b : a), []);
  const [example] = most;
  if (example !== undefined && most.length > 1) entries.push(entry(folder.path, example, most.length));
  for (const same of own.values()) {
    if (same === most && most.length > 1) continue;
    entries.push(...same.map((file) => entry(file.relativePath, file, 1)));
  }
  for (const child of folder.folders.values()) entries.push(...entriesOf(child));
  return entries;
}

function entry(path: string, placement: Placement, files: number): PlacementEntry {
  const { subject, camera, assetType, because, confidence } = placement;
  const why = because === undefined ? {} : { because: because.slice(0, MAX_BECAUSE) };
  const certainty = confidence === undefined ? {} : { confidence };
  return { path, subject, camera, asset_type: assetType, files, ...why, ...certainty };
}

function placementOf({ subject, camera, asset_type: assetType, because, confidence }: PlacementEntry): Placement {
  const why = because === undefined ? {} : { because };
  return { subject, camera, assetType, ...why, ...(confidence === undefined ? {} : { confidence }) };
}

function newFolder(path: string): Folder {
  return { path, folders: new Map(), files: [], below: new Map() };
}

function count(folder: Folder, file: PlacedFile): void {
  const key = keyOf(file);
  const known = folder.below.get(key);
  if (known) known.files += 1;
  else folder.below.set(key, { placement: file, files: 1 });
}

function keyOf({ subject, camera, assetType, doubt }: Placement): string {
  return JSON.stringify([subject, camera, assetType, doubt]);
}
