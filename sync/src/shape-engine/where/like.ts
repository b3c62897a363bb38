/**
 * LIKE, and ILIKE as LIKE on folded text: the characters that the pattern's letters can meet are
 * written into the expression, so that SQL (`translate`) and JS fold alike on every server, whatever its
 * collations and its version of Unicode. They are those whose simple lower case is the same, as
 * `pg_c_utf8` has it.
 */

import { fixedPart, type PartStep, partFinder } from './like-parts.ts';

/** Beyond the first two planes nothing has a case. */
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

/** Characters that a pattern may have: what matching costs grows with it. */
export const LONGEST_PATTERN = 4_000;

/** Whether nothing follows the pattern's last escape. */
export function endsInEscape(pattern: string): boolean {
  return (/\\*$/.exec(pattern)?.[0].length ?? 0) % 2 === 1;
}

/** @param pattern `%` is any text, `_` one character, `\` takes what follows as it is. */
export function likeMatcher({ pattern, fold }: FoldedPattern): (text: string) => boolean {
  const matches = stepsMatcher(stepsOf(pattern));
  if (fold.from === '') return matches;
  const to = [...fold.to];
  const map = new Map([...fold.from].map((character, index) => [character, to[index] ?? character]));
  // Letters all of them, so the class needs no escapes.
  const folded = new RegExp(`[${fold.from}]`, 'gu');
  return (text) => matches(text.replace(folded, (character) => map.get(character) ?? character));
}

/** The parts between `%` are found one after the other, each as early as it can be: nothing is looked at twice. */
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

/** Of one character, into one: what `İ` has more is dropped, as Postgres does. */
function lower(character: string): string {
  return String.fromCodePoint(character.toLowerCase().codePointAt(0) ?? 0);
}

let variants: Map<string, string[]> | null = null;

/** The other characters of which this is the lower case. */
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
