/** Texts as searches compare them, with the place of each of their characters in the text as it is written. */
import { foldText } from '../../replica/model/fold-text.ts';

export interface FoldedText {
  readonly text: string;
  /** Returns where the original of a character begins; of the character after the last one: the original's length. */
  place(at: number): number;
}

const ASCII = /^[\0-\x7f]*$/;

export function foldPlaces(original: string): FoldedText {
  // Every ASCII character folds to one.
  if (ASCII.test(original)) return { text: foldText(original), place: (at) => at };
  const places: number[] = [];
  let text = '';
  let from = 0;
  for (const character of original) {
    // Greek writes its s in another way at the end of a word.
    const folded = foldText(character).replace('ς', 'σ');
    for (let unit = 0; unit < folded.length; unit++) places.push(from);
    text += folded;
    from += character.length;
  }
  return { text, place: (at) => places[at] ?? original.length };
}

/** Returns the words of a typed text, folded, each once. All separators part words, as does the slash of a path. */
export function nameWords(text: string): string[] {
  return [...new Set(foldPlaces(text).text.split(WORD_END))].filter((word) => word !== '');
}

export const WORD_END = /[\s/]+/;
