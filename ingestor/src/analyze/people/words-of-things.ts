/** Finds words in no list that are rather things than families: 'topcam' and 'apron' of 'jane_topcam', 'jane_apron' and 'john_topcam'. */
import { KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import type { NameTree } from '../names/name-tree.ts';

/**
 * Returns the words that follow given names in files' names, where one given name has several of them, and one of them
 * follows several given names. A family has its name in one folder at least, or one given name has it alone.
 */
export function wordsOfThings({ groups, folders, root }: NameTree): ReadonlySet<string> {
  const after = new Map<string, Set<string>>();
  const before = new Map<string, Set<string>>();
  for (const { reading } of groups) {
    if ((reading.kinds & KIND.given) === 0) continue;
    for (const [index, { key, kinds }] of reading.tokens.entries()) {
      const given = reading.tokens[index - 1];
      if (kinds !== 0 || given === undefined || (given.kinds & KIND.given) === 0) continue;
      entryOf(after, given.key, () => new Set<string>()).add(key);
      entryOf(before, key, () => new Set<string>()).add(given.key);
    }
  }
  const found = [...before].flatMap(([word, names]) => {
    const isVaried = [...names].some((name) => (after.get(name)?.size ?? 0) > 1);
    return names.size > 1 && isVaried ? [word] : [];
  });
  if (found.length === 0) return new Set();
  const inFolders = new Set([root, ...folders].flatMap(({ reading }) => reading.tokens.map(({ key }) => key)));
  return new Set(found.filter((word) => !inFolders.has(word)));
}
