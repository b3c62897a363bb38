/** Reads the cameras of a rig that has a name of its own: `smile/halo-1`, `smile/halo-2` … beside `frown/halo-1` … */
import { KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import type { FileGroup, NameTree, TreeFolder } from '../names/name-tree.ts';
import type { LayoutFile } from '../rules/layout.ts';
import { withoutZeros } from './angles.ts';

const MIN_CAMERAS = 4;

/** Returns the cameras of files whose names are one unknown word and a number, with the same numbers in several folders. */
export function rigCameras(files: readonly LayoutFile[], { groups }: NameTree): Map<FileGroup, string> {
  const rigs = new Map<string, Map<TreeFolder, Map<FileGroup, string>>>();
  for (const group of groups) {
    const [word, number, more] = group.reading.tokens;
    if (word?.kinds !== 0 || number === undefined || (number.kinds & KIND.number) === 0 || more !== undefined) continue;
    // Photographs are rather numbered by exposure.
    if (!group.files.every((index) => files[index]?.fileType === 'video')) continue;
    const folders = entryOf(rigs, word.key, () => new Map<TreeFolder, Map<FileGroup, string>>());
    entryOf(folders, group.folder, () => new Map<FileGroup, string>()).set(group, withoutZeros(number));
  }
  const found = new Map<FileGroup, string>();
  for (const folders of rigs.values()) {
    const numbers = [...folders.values()].map((cameras) => [...cameras.values()].toSorted().join(' '));
    // Clips are counted on, or differ in how many there are.
    if (numbers.length < 2 || new Set(numbers).size > 1 || (numbers[0]?.split(' ').length ?? 0) < MIN_CAMERAS) continue;
    for (const cameras of folders.values()) for (const [group, number] of cameras) found.set(group, `cam_${number}`);
  }
  return found;
}
