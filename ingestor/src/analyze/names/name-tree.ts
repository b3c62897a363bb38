/** All names of a delivery, each read once: its folders, and its files grouped by folder and what their names say. */
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { entryOf } from './entry-of.ts';
import { type NameReader, type NameReading, stemOf } from './read-name.ts';

export interface TreeFile {
  readonly relativePath: string;
  readonly fileType: FileType;
}

export interface TreeFolder {
  /** Relative to the delivery; '' for its own folder. */
  readonly path: string;
  readonly name: string;
  /** Null for the delivery's own folder. */
  readonly parent: TreeFolder | null;
  /** 0 for the delivery's own folder. */
  readonly depth: number;
  readonly reading: NameReading;
  /** It and those it lies in, innermost first, without the delivery's own. */
  readonly up: readonly TreeFolder[];
}

/** Files of one folder whose names say the same. */
export interface FileGroup {
  readonly folder: TreeFolder;
  readonly reading: NameReading;
  /** Indexes of its files. */
  readonly files: number[];
  hasSound: boolean;
  hasPictures: boolean;
}

export interface NameTree {
  readonly root: TreeFolder;
  readonly folders: readonly TreeFolder[];
  readonly groups: readonly FileGroup[];
  /** In the files' order. */
  readonly groupOf: readonly FileGroup[];
}

/** @param delivery the name of the delivery's own folder. */
export function nameTree(files: readonly TreeFile[], delivery: string, reader: NameReader): NameTree {
  const root: TreeFolder = { path: '', name: delivery, parent: null, depth: 0, reading: reader.read(delivery), up: [] };
  const folders = new Map<string, TreeFolder>([['', root]]);
  const groups = new Map<TreeFolder, Map<NameReading, FileGroup>>();
  const folderAt = (path: string): TreeFolder => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const cut = path.lastIndexOf('/');
    const parent = folderAt(path.slice(0, Math.max(0, cut)));
    const name = path.slice(cut + 1);
    const up: TreeFolder[] = [];
    const folder = { path, name, parent, depth: parent.depth + 1, reading: reader.read(name), up };
    up.push(folder, ...parent.up);
    folders.set(path, folder);
    return folder;
  };

  const groupOf = files.map(({ relativePath, fileType }, index) => {
    const cut = relativePath.lastIndexOf('/');
    const folder = folderAt(relativePath.slice(0, Math.max(0, cut)));
    const reading = reader.read(stemOf(relativePath.slice(cut + 1)));
    const inFolder = entryOf(groups, folder, () => new Map<NameReading, FileGroup>());
    const group = entryOf(inFolder, reading, () => newGroup(folder, reading));
    group.files.push(index);
    if (fileType === 'audio') group.hasSound = true;
    else if (fileType !== 'other') group.hasPictures = true;
    return group;
  });
  return {
    root,
    folders: [...folders.values()].slice(1),
    groups: [...groups.values()].flatMap((inFolder) => [...inFolder.values()]),
    groupOf,
  };
}

function newGroup(folder: TreeFolder, reading: NameReading): FileGroup {
  return { folder, reading, files: [], hasSound: false, hasPictures: false };
}

/** Returns a folder and those it lies in, innermost first, without the delivery's own. */
export function foldersUp({ up }: TreeFolder): readonly TreeFolder[] {
  return up;
}
