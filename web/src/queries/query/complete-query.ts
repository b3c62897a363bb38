/** Completes the term of a query in which the caret stands: keys, and the values that the list's assets have. */
import { parseQuery, quoted, type Span } from './parse-query.ts';
import { queryKey, queryKeys } from './query-keys.ts';

/** A value as people read it, with the number of assets that have it. */
export interface CountedName {
  readonly name: string;
  readonly count: number;
}

interface Completion {
  /** The text as the field shows it. */
  readonly text: string;
  /** A phrase for its meaning; null where the text says it. */
  readonly note: string | null;
  /** Assets that would remain; null: not known. */
  readonly count: number | null;
}

export interface Completions {
  /** The part of the query that a completion replaces. */
  readonly span: Span;
  /** Whether the part is a key's value, not a word that may become a key. */
  readonly isValue: boolean;
  readonly options: readonly Completion[];
}

const MOST = 8;

/** @param valuesOf returns the values of a key among the list's assets. */
export function completeQuery(
  text: string,
  caret: number,
  valuesOf: (key: string) => readonly CountedName[],
): Completions | null {
  const term = parseQuery(text).terms.find(({ from, to }) => from <= caret && caret === to);
  if (term === undefined) return null;
  const minus = term.negative ? '-' : '';
  if (term.key === null) {
    const typed = term.value.toLowerCase();
    const options = Object.entries(queryKeys)
      .filter(([key]) => key.startsWith(typed))
      .map(([key, { means }]): Completion => ({ text: `${minus}${key}:`, note: means, count: null }));
    return options.length > 0 && typed !== '' ? { span: term, isValue: false, options: options.slice(0, MOST) } : null;
  }
  if (term.operator !== ':' || queryKey(term.key) === undefined) return null;
  const typed = term.values.at(-1) ?? '';
  const kept = term.values.slice(0, -1).map(quoted).join(',');
  const folded = typed.toLowerCase();
  const found = valuesOf(term.key)
    .filter(({ name }) => name.toLowerCase().includes(folded))
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  if (found.length === 0 || (found.length === 1 && found[0]?.name === typed)) return null;
  const options = found.slice(0, MOST).map(({ name, count }): Completion => {
    const value = kept === '' ? quoted(name) : `${kept},${quoted(name)}`;
    return { text: `${minus}${term.key}:${value}`, note: null, count };
  });
  return { span: term, isValue: true, options };
}

/** Puts a completion in its place. @returns the query and the caret behind it. */
export function applyCompletion(text: string, { from, to }: Span, completion: string): { text: string; caret: number } {
  // A value is done; a key still needs its value.
  const done = completion.endsWith(':') ? '' : ' ';
  const rest = text.slice(to);
  const start = `${text.slice(0, from)}${completion}${rest.startsWith(' ') ? '' : done}`;
  return { text: `${start}${rest}`, caret: start.length + (rest.startsWith(' ') && done !== '' ? 1 : 0) };
}
