/** Finds names that are another's with more words, or two people's together. */
import { isThing, KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import { hasNoCase } from '../names/fold.ts';
import type { Token } from '../names/tokens.ts';
import type { Candidate } from './candidates.ts';
import { fullForms, shortForms, spelled } from './name-forms.ts';

/**
 * Returns candidates that are another's name with a word before or after it that is no name: 'OSP_WIversen' beside
 * 'Wanda Iversen', 'self tape jane doe' beside 'Jane Doe'.
 */
export function extended(candidates: readonly Candidate[]): Candidate[] {
  const byForm = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const words = spelled(candidate);
    const short =
      candidate.words.length > 1 ? shortForms(words).filter((form) => form.length > 2 || hasNoCase(form)) : [];
    for (const form of [...fullForms(words), ...short]) entryOf(byForm, form, () => []).push(candidate);
  }
  return candidates.filter((candidate) => {
    const { words, wholeFolders } = candidate;
    if (words.length < 2) return false;
    // 'JANE_JOHN' beside 'Jane Doe' and 'John Roe': each word is another person's given name.
    const others = words.map(({ key, kinds }) =>
      (byForm.get(key) ?? []).filter(
        (other) =>
          other !== candidate &&
          other.words[0]?.key === key &&
          // A family's name alone is a part of this one rather than another person.
          (other.words.length > 1 || (kinds & NAME) !== KIND.family) &&
          isFirmer(other, candidate, true),
      ),
    );
    if (others.every(([only]) => only !== undefined)) return true;
    if (wholeFolders.length > 0) return false;
    for (let start = 0; start < words.length; start++) {
      for (let end = start + 1; end <= words.length; end++) {
        if (end - start === words.length) continue;
        const rest = [...words.slice(0, start), ...words.slice(end)];
        if (rest.some(({ kinds }) => (kinds & NAME) !== 0 && !isThing(kinds))) continue;
        const inside = words
          .slice(start, end)
          .map(({ key }) => key)
          .join('');
        // A word after a name that is one word may be the family's.
        const same = (byForm.get(inside) ?? []).filter(
          (other) =>
            !hasSameWords(other, candidate) &&
            (other.words.length > 1 || start > 0 || rest.every(isNoFamily)) &&
            isFirmer(other, candidate),
        );
        if (same.length > 0) return true;
      }
    }
    return false;
  });
}

/** 'Doe Jane' is no longer than 'Jane Doe'. */
function hasSameWords(a: Candidate, b: Candidate): boolean {
  return a.words.length === b.words.length && a.words.every(({ key }) => b.words.some((word) => word.key === key));
}

/** Whether a name has a folder of its own, or stands in more places than another. @param orAsMany as many suffice. */
function isFirmer(a: Candidate, b: Candidate, orAsMany = false): boolean {
  const more = a.groups.length + a.folders.length - b.groups.length - b.folders.length;
  if (a.wholeFolders.length > 0 || more > 0) return true;
  return orAsMany && more === 0 && b.wholeFolders.length === 0;
}

const NAME = KIND.given | KIND.family;

/** 'bush' of 'rose bush' beside the folder 'Rose': a thing, or a word in small letters and in no list. */
function isNoFamily({ kinds, text }: Token): boolean {
  return isThing(kinds) || (kinds === 0 && text === text.toLowerCase());
}
