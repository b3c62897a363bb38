/**
 * LIKE, and ILIKE as LIKE on folded text: the characters that the pattern's letters can meet are
 * written into the expression, so that SQL (`translate`) and JS fold alike on every server, whatever its
 * collations and its version of Unicode. They are those whose simple lower case is the same, as
 * `pg_c_utf8` has it.
 */

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

/** Whether nothing follows the pattern's last escape. */
export function endsInEscape(pattern: string): boolean {
  return (/\\*$/.exec(pattern)?.[0].length ?? 0) % 2 === 1;
}

/** @param pattern `%` is any text, `_` one character, `\` takes what follows as it is. */
export function likeMatcher({ pattern, fold }: FoldedPattern): (text: string) => boolean {
  const steps = stepsOf(pattern);
  if (fold.from === '') return (text) => matches(text, steps);
  const to = [...fold.to];
  const map = new Map([...fold.from].map((character, index) => [character, to[index] ?? character]));
  // Letters all of them, so the class needs no escapes.
  const folded = new RegExp(`[${fold.from}]`, 'gu');
  return (text) =>
    matches(
      text.replace(folded, (character) => map.get(character) ?? character),
      steps,
    );
}

type Step = { readonly text: string } | 'one' | 'any';

function stepsOf(pattern: string): Step[] {
  return [...pattern.matchAll(/%+|_|(?:\\.|[^%_\\])+/gsu)].map(([part]) => {
    if (part.startsWith('%')) return 'any';
    return part === '_' ? 'one' : { text: part.replaceAll(/\\(.)/gsu, '$1') };
  });
}

/** Goes back to the last `%` only, so the time is that of the text times that of the pattern at most. */
function matches(text: string, steps: readonly Step[]): boolean {
  let at = 0;
  let step = 0;
  let retry: { at: number; step: number } | null = null;
  for (;;) {
    const current = steps[step];
    if (current === undefined && at === text.length) return true;
    if (current === 'any') {
      step++;
      retry = { at, step };
      continue;
    }
    const end = current === undefined ? null : endOf(current, text, at);
    if (end !== null) {
      at = end;
      step++;
      continue;
    }
    if (!retry || retry.at >= text.length) return false;
    retry = { at: retry.at + characterLength(text, retry.at), step: retry.step };
    ({ at, step } = retry);
  }
}

/** Where the text goes on after the step; null when it does not fit. */
function endOf(step: Exclude<Step, 'any'>, text: string, at: number): number | null {
  if (step === 'one') return at < text.length ? at + characterLength(text, at) : null;
  return text.startsWith(step.text, at) ? at + step.text.length : null;
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
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
