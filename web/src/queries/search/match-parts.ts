/** Splits a text into parts that a search found and parts between them, for highlighting. */
import { foldPlaces, nameWords, WORD_END } from './fold-places.ts';
import { isNear } from './near-words.ts';

export interface TextPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/**
 * Marks the first place of each word, at the beginning of a word if there is one.
 *
 * @param typed the text that was searched for.
 * @param isLenient whether a whole word that differs by a typing error is marked too.
 */
export function matchParts(text: string, typed: string, isLenient = false): TextPart[] {
  const folded = foldPlaces(text);
  const isMarked = new Uint8Array(text.length);
  const mark = (from: number, to: number) => isMarked.fill(1, folded.place(from), folded.place(to));
  for (const word of nameWords(typed)) {
    const at = placeOf(folded.text, word);
    if (at !== -1) mark(at, at + word.length);
    else if (isLenient) for (const [from, to] of nearPlaces(folded.text, word)) mark(from, to);
  }
  const parts: TextPart[] = [];
  let from = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && isMarked[at] === isMarked[from]) continue;
    parts.push({ text: text.slice(from, at), isMatch: isMarked[from] === 1 });
    from = at;
  }
  return parts;
}

function placeOf(text: string, word: string): number {
  const first = text.indexOf(word);
  for (let at = first; at !== -1; at = text.indexOf(word, at + 1)) {
    if (at === 0 || WORD_END.test(text[at - 1] as string)) return at;
  }
  return first;
}

/** Finds the words that a typed word is near to. */
function nearPlaces(text: string, typed: string): [from: number, to: number][] {
  return [...text.matchAll(/[^\s/]+/g)]
    .filter(([word]) => isNear(typed, word))
    .map(({ 0: word, index }) => [index, index + word.length]);
}
