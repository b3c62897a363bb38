/**
 * LIKE, and ILIKE as LIKE on folded text. The characters that the pattern's letters can match are written into the
 * expression, so that SQL (`translate`) and JS fold alike on every server, whatever its collations and Unicode version.
 * They are the characters with the same simple lower case, as defined by `pg_c_utf8`.
 */

import { fixedPart, type PartStep, partFinder } from './like-parts.ts';

/** Beyond the first two planes, no character has a case. */
const LAST_CASED = 0x1ffff;

export interface FoldedPattern {
  readonly pattern: string;
  readonly fold: { readonly from: string; readonly to: string };
}

export function foldPattern(pattern: string, insensitive: boolean): FoldedPattern {
  if (!insensitive) return { pattern, fold: { from: '', to: '' } };
  const characters = [...pattern].map(lower);
  const pairs = [...new Set(characters)].toSorted().flatMap((to) => variantsOf(to).map((from) => [from, to]));
  return {
    pattern: characters.join(''),
    fold: { from: pairs.map(([from]) => from).join(''), to: pairs.map(([, to]) => to).join('') },
  };
}

/** Most characters in a pattern: the cost of matching grows with its length. */
export const LONGEST_PATTERN = 4_000;

/** True if the pattern ends with an unfinished escape. */
export function endsInEscape(pattern: string): boolean {
  return (/\\*$/.exec(pattern)?.[0].length ?? 0) % 2 === 1;
}

/** @param pattern `%` matches any text, `_` one character, and `\` escapes the next character. */
export function likeMatcher({ pattern, fold }: FoldedPattern): (text: string) => boolean {
  const matches = stepsMatcher(stepsOf(pattern));
  if (fold.from === '') return matches;
  const to = [...fold.to];
  const map = new Map([...fold.from].map((character, index) => [character, to[index] ?? character]));
  // Only letters, so the class needs no escapes.
  const folded = new RegExp(`[${fold.from}]`, 'gu');
  return (text) => matches(text.replace(folded, (character) => map.get(character) ?? character));
}

/** Matches the parts between `%` in sequence, each as early as possible, so that no text is read twice. */
function stepsMatcher(steps: readonly Step[]): (text: string) => boolean {
  const parts: PartStep[][] = [[]];
  for (const step of steps) {
    if (step === 'any') parts.push([]);
    else parts.at(-1)?.push(step);
  }
  const first = fixedPart(parts[0] ?? []);
  if (parts.length === 1) return (text) => first.endAt(text, 0) === text.length;
  const last = fixedPart(parts.at(-1) ?? []);
  const between = parts.slice(1, -1).map(partFinder);
  return (text) => {
    let at = first.endAt(text, 0);
    for (const find of between) at = at === null ? null : find(text, at);
    if (at === null) return false;
    const start = last.startBefore(text, text.length);
    return start !== null && start >= at && last.endAt(text, start) === text.length;
  };
}

type Step = PartStep | 'any';

function stepsOf(pattern: string): Step[] {
  return [...pattern.matchAll(/%+|_|(?:\\.|[^%_\\])+/gsu)].map(([part]) => {
    if (part.startsWith('%')) return 'any';
    return part === '_' ? 'one' : { text: part.replaceAll(/\\(.)/gsu, '$1') };
  });
}

/** Lower-cases one character to one character: like Postgres, drops the second character of `İ`. */
function lower(character: string): string {
  return String.fromCodePoint(character.toLowerCase().codePointAt(0) ?? 0);
}

let variants: Map<string, string[]> | null = null;

/** Returns the other characters with this lower case. */
function variantsOf(lowered: string): readonly string[] {
  if (variants === null) {
    variants = new Map();
    for (let code = 0; code <= LAST_CASED; code++) {
      const character = String.fromCodePoint(code);
      const to = lower(character);
      if (to !== character) variants.set(to, [...(variants.get(to) ?? []), character]);
    }
  }
  return variants.get(lowered) ?? [];
}
