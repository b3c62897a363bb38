/** Finds folders of cameras that are told apart by a letter after their model: 'URSA_A' beside 'URSA_B', 'FX6 A' beside 'FX6 B'. */
import { KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import type { NameTree, TreeFolder } from '../names/name-tree.ts';

const LETTERS = 'abcdef';

/** Returns the letters of such folders. A letter alone may be a part of anything: a folder beside it must have another one. */
export function modelLetters({ folders }: NameTree): ReadonlyMap<TreeFolder, string> {
  const alike = new Map<string, Map<TreeFolder, string>>();
  for (const folder of folders) {
    const { tokens, name } = folder.reading;
    const letter = tokens.find(({ kinds, key }, index) => {
      const isAfterModel = ((tokens[index - 1]?.kinds ?? 0) & KIND.equipment) !== 0;
      return isAfterModel && (((kinds & KIND.letter) !== 0 && LETTERS.includes(key)) || /^0?[1-9]$/.test(key));
    });
    if (letter === undefined) continue;
    const rest = `${folder.parent?.path}/${name.slice(0, letter.start)}*${name.slice(letter.end)}`;
    entryOf(alike, rest, () => new Map<TreeFolder, string>()).set(folder, letter.key.replace(/^0/, ''));
  }
  const several = [...alike.values()].filter((letters) => new Set(letters.values()).size > 1);
  return new Map(several.flatMap((letters) => [...letters]));
}
