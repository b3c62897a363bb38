/** Groups a folder's files into prospective assets by name alone, before any file is read. */
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { listNames } from './list-names.ts';
import { fileTypeOf } from './names/file-types.ts';
import { groupFiles } from './names/group-files.ts';
import type { Sequence } from './names/sequences.ts';
import type { Unreadable } from './pending-folder.ts';
import { joinPath } from './read-folder.ts';
import type { WalkOptions } from './walk-folders.ts';

export interface NamedAsset {
  readonly relativePath: string;
  readonly fileType: FileType;
  /** Bytes; not known yet. */
  readonly size: 0;
  readonly sequence: {
    readonly first: number;
    readonly count: number;
    readonly padding: number;
    readonly missing: string | null;
  } | null;
}

/** Returns the assets in path order. @param folder absolute path text, symlinks resolved. */
export async function assetsOfNames(
  folder: string,
  options: WalkOptions,
): Promise<{ assets: NamedAsset[]; unreadable: Unreadable[] }> {
  const assets: NamedAsset[] = [];
  const unreadable: Unreadable[] = [];
  for await (const listed of listNames(folder, options)) {
    if ('problem' in listed) {
      unreadable.push(listed);
      continue;
    }
    const files = listed.names.map((name) => ({ relativePath: joinPath(listed.path, name) }));
    const { sequences, clips, singles } = groupFiles(files);
    for (const { relativePath } of singles) {
      assets.push({ relativePath, fileType: fileTypeOf(relativePath), size: 0, sequence: null });
    }
    const addGroup = (group: Sequence<unknown>, fileType: FileType) => {
      const { relativePath, first, padding, missing, files: frames } = group;
      assets.push({ relativePath, fileType, size: 0, sequence: { first, padding, count: frames.length, missing } });
    };
    for (const sequence of sequences) addGroup(sequence, 'sequence');
    for (const clip of clips) addGroup(clip, 'video');
  }
  assets.sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
  return { assets, unreadable };
}
