/** Texts as searches compare them: without case and accents, and with `_`, `-`, `.` and white space as one space each. */

const MARKS = /\p{Mark}+/gu;
const SEPARATORS = /[_\-.\s]/g;

export function foldText(text: string): string {
  return text.normalize('NFD').replace(MARKS, '').toLowerCase().replace(SEPARATORS, ' ');
}

/**
 * Returns the folded words of a search, each once. White space parts words; other separators within a word are part of
 * it, so that `_7.png` finds `A001_7.png` and `A001-7 png`, and not every 7. A `*` in a word stands for any characters.
 */
export function searchWords(text: string): string[] {
  const words = text.split(/\s+/).map((word) =>
    foldText(word)
      .replace(/\*+/g, '*')
      .replace(/^\*|\*$/g, ''),
  );
  return [...new Set(words)].filter((word) => word !== '');
}
