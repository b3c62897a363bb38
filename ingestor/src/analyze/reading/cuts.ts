/** Finds the videos that are an editor's cut: a list of the cut's clips has the same name. */
import { extensionOf } from '../../scan/names/file-types.ts';
import { stemOf } from '../names/read-name.ts';
import type { LayoutFile } from '../rules/layout.ts';

const LISTS = new Set('edl aaf omf otio fcpxml xmeml'.split(' '));

export interface Cuts {
  isCut(relativePath: string): boolean;
}

/** Returns null for a delivery without lists of cuts. */
export function cutsAmong(files: readonly LayoutFile[]): Cuts | null {
  const stems = new Set<string>();
  for (const { relativePath, fileType } of files) {
    if (fileType !== 'other') continue;
    const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
    if (LISTS.has(extensionOf(name))) stems.add(stemOf(name).toLowerCase());
  }
  if (stems.size === 0) return null;
  return {
    isCut: (relativePath) => {
      const stem = stemOf(relativePath.slice(relativePath.lastIndexOf('/') + 1)).toLowerCase();
      return stems.has(stem) || stems.has(stem.replace(/[_\- .](?:ref|reference|offline|guide)$/, ''));
    },
  };
}
