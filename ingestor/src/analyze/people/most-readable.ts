/** Prefers accents, then spaces between words, then capitals only where a name has them, then other separators, then the most frequent. */
export function mostReadable(texts: readonly (readonly [text: string, count: number])[]): string {
  const counts = new Map<string, number>();
  for (const [text, count] of texts) counts.set(text, (counts.get(text) ?? 0) + count);
  const best = [...counts].toSorted(
    ([a, countA], [b, countB]) => readability(b) - readability(a) || countB - countA || (a < b ? -1 : 1),
  )[0];
  return best?.[0] ?? '';
}

/** Letters that are typed as others where a keyboard lacks them. */
const OWN_LETTERS = /[ßæœøłđðþı]/gi;

function readability(text: string): number {
  const accents = text.normalize('NFD').length - text.normalize('NFC').length + (text.match(OWN_LETTERS)?.length ?? 0);
  const isMixed = text !== text.toLowerCase() && text !== text.toUpperCase();
  const isSplit = /\p{L}[_-]\p{L}/u.test(text);
  return 8 * accents + (/\p{L} \p{L}/u.test(text) ? 4 : 0) + (isMixed ? 2 : 0) + (isSplit ? 1 : 0);
}
