/** Changes single terms of a query's text, and leaves the rest as it was written. */
import { parseQuery, type Span, type WrittenTerm } from './parse-query.ts';
import { keyName } from './query-keys.ts';

/** Returns the terms of a key that every match must meet. */
export function outerTerms(text: string, key: string): WrittenTerm[] {
  return parseQuery(text).outer.filter((term) => term.key !== null && keyName(term.key) === key);
}

/**
 * Writes terms at the place of former ones, or else at the end.
 *
 * @param former in the order of the text.
 */
export function withTerms(text: string, former: readonly Span[], terms: readonly string[]): string {
  const written = terms.join(' ');
  if (former.length === 0) return joinParts(text, written);
  let result = '';
  let at = 0;
  for (const [index, { from, to }] of former.entries()) {
    const put = index === 0 ? written : '';
    result += text.slice(at, from) + put;
    at = to;
    if (put === '') while (text[at] === ' ') at++;
  }
  return `${result}${text.slice(at)}`.trim();
}

/** Joins two texts so that matches meet both. */
export function joinParts(one: string, other: string): string {
  return (
    [one, other]
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part, _, parts) => (parts.length > 1 && parseQuery(part).hasAlternatives ? `(${part})` : part))
      // Behind a part that is never closed, the other one would belong to it.
      .toSorted((a, b) => Number(hasProblems(a)) - Number(hasProblems(b)))
      .join(' ')
  );
}

function hasProblems(text: string): boolean {
  return parseQuery(text).problems.length > 0;
}

/** Returns the words of a query, which any search by name can answer, and whether it has more than words. */
export function plainWords(text: string): { readonly words: string; readonly hasTerms: boolean } {
  const { terms, hasAlternatives } = parseQuery(text);
  const isWord = ({ key, negative }: WrittenTerm) => key === null && !negative;
  const words = terms.filter(isWord).map(({ value }) => value);
  return { words: words.join(' '), hasTerms: hasAlternatives || !terms.every(isWord) };
}
