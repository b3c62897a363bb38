/** Unites names that a client has misspelled with the names that were meant. */
import type { Candidate } from './candidates.ts';
import type { Reasons } from './found-reasons.ts';
import { isOneLetterOff } from './one-letter-off.ts';
import { areSiblings } from './siblings.ts';

/** Among more people, names that differ by one letter are different people. */
const MAX_COMPARED = 100;

/** Adds names with one wrong letter to the person whose name is otherwise the same. */
export function uniteMisspelled(groups: Candidate[][], found: ReadonlyMap<Candidate, Reasons>): void {
  if (groups.length > MAX_COMPARED) return;
  for (const [index, group] of [...groups.entries()].toReversed()) {
    const [name] = group as [Candidate];
    const meant = groups.filter(
      (other) =>
        other !== group &&
        placesOf(other) > placesOf(group) &&
        !group.some((one) => other.some((two) => areSiblings(one, two))) &&
        isMisspelling(name, other[0] as Candidate),
    );
    const [only] = meant;
    if (only === undefined || meant.length > 1) continue;
    only.push(...group);
    groups.splice(index, 1);
  }
  function placesOf(group: readonly Candidate[]): number {
    return group.reduce((sum, one) => sum + one.folders.length + one.groups.length + (found.get(one)?.weight ?? 0), 0);
  }
}

/**
 * Whether all words of two names are the same but one, which has one wrong letter and is no name of its own. A word alone
 * may be any word of a longer name.
 */
function isMisspelling(a: Candidate, b: Candidate): boolean {
  const [only] = a.words;
  if (only !== undefined && a.words.length === 1 && b.words.length > 1) {
    return only.kinds === 0 && b.words.some(({ key }) => isOneLetterOff(only.key, key));
  }
  if (a.words.length !== b.words.length) return false;
  const different = a.words.flatMap((word, index) => {
    const other = b.words[index];
    return other !== undefined && other.key !== word.key ? [[word, other] as const] : [];
  });
  const [pair] = different;
  if (pair === undefined || different.length > 1) return false;
  const [wrong, right] = pair;
  return wrong.kinds === 0 && isOneLetterOff(wrong.key, right.key);
}
