/** Judges how a name is written. */
import { eastAsianFamily } from '../names/dictionary.ts';
import { hasNoCase } from '../names/fold.ts';
import type { Token } from '../names/tokens.ts';
import type { Candidate } from './candidates.ts';
import { isInitialAndFamily } from './runs.ts';

/** Shorter words of the lists are too often something else. */
export const MIN_LISTED = 3;

const MAX_INITIALS = 4;

/** 'JDK': a few capitals in no list. */
export function areInitials(word: Token): boolean {
  const { kinds, text } = word;
  return kinds === 0 && !isInitialAndFamily(word) && text.length <= MAX_INITIALS && /^\p{Lu}{2,}$/u.test(text);
}

export function isCapitalised({ text }: Token): boolean {
  return /^\p{Lu}/u.test(text) && text.length > 1;
}

/** Where all names are in lower case, two words beside names of two words are one: 'hal_prentice' beside 'nell_ashdown'. */
export function isWrittenLike(candidate: Candidate, other: Candidate): boolean {
  if (isWrittenAsName(candidate)) return true;
  const isLower = (one: Candidate) =>
    one.words.length === 2 && one.words.every(({ text }) => text === text.toLowerCase());
  return isLower(candidate) && isLower(other);
}

/** Whether each word is known, or written with a capital. */
export function isWritten({ words }: Candidate): boolean {
  return words.every((word) => word.kinds !== 0 || isCapitalised(word) || hasNoCase(word.text));
}

export function isUnknown(word: Token): boolean {
  return word.kinds === 0 && isCapitalised(word) && word.text.length >= MIN_LISTED;
}

export function isWrittenAsName({ words }: Candidate): boolean {
  return words.every(isWordOfName);
}

const HAN = /^\p{Script=Han}+$/u;

/** A word in Han that begins with no family's name is rather a thing: '商品'. */
export function isWordOfName(word: Token): boolean {
  if (HAN.test(word.text)) return word.kinds !== 0 || eastAsianFamily(word.text) !== null;
  return isCapitalised(word) || hasNoCase(word.text);
}
