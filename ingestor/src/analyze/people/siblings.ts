import { isThing } from '../names/dictionary.ts';
import type { Candidate } from './candidates.ts';
import { ENOUGH, type Found } from './found-reasons.ts';

/** Whether two names are folders side by side: a client who tells them apart means two people. */
export function areSiblings(a: Candidate, b: Candidate): boolean {
  return a.wholeFolders.some((one) => b.wholeFolders.some((other) => one !== other && one.parent === other.parent));
}

/** Returns whether a folder stands beside one of a person with the same family: 'sizwe ndaba' beside 'lwazi ndaba'. */
export function siblingsOf(found: ReadonlyMap<Candidate, Found>): (one: Candidate) => boolean {
  const families = new Set<string>();
  for (const [candidate, { isName, weight }] of found) {
    if (isName && weight >= ENOUGH) for (const family of familiesOf(candidate)) families.add(family);
  }
  return (candidate) => familiesOf(candidate).some((family) => families.has(family));
}

/** Returns the last of two words that mean nothing else, with the folder around. */
function familiesOf({ words, wholeFolders }: Candidate): string[] {
  const [first, last] = words;
  if (first === undefined || last === undefined || words.length > 2 || words.some(({ kinds }) => isThing(kinds)))
    return [];
  return wholeFolders.map(({ parent }) => `${parent?.path}/${last.key}`);
}
