/** Finds the words of a show that sounds like a person: 'EVELYN_Jane_Doe' and 'EVELYN_John_Roe'. */
import { isThing, KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import type { NameTree } from '../names/name-tree.ts';
import type { NameReading } from '../names/read-name.ts';
import { isParticle, type Run, soundsLikeName } from './runs.ts';

/** Share of all names at its place that a show's word begins, unless the delivery's own name has it. */
const MOST = 0.75;

/**
 * Returns the words that begin the names of several people: of files, or of folders at one depth. Most names there have them, or the
 * delivery's own.
 */
export function wordsOfShow(tree: NameTree, runsIn: (reading: NameReading) => readonly Run[]): ReadonlySet<string> {
  const inDelivery = new Set(tree.root.reading.tokens.map(({ key }) => key));
  const byDepth = new Map<number, NameReading[]>();
  for (const { depth, reading } of tree.folders) entryOf(byDepth, depth, () => []).push(reading);
  const levels = [...byDepth.values(), tree.groups.map(({ reading }) => reading)];
  const found = new Set<string>();
  for (const names of levels) {
    for (const [key, { count, people }] of beginnings(names, runsIn)) {
      if (people.size > 1 && (inDelivery.has(key) || count >= names.length * MOST)) found.add(key);
    }
  }
  return found;
}

interface Beginning {
  count: number;
  /** Whole names that follow. */
  readonly people: Set<string>;
}

function beginnings(
  names: readonly NameReading[],
  runsIn: (reading: NameReading) => readonly Run[],
): ReadonlyMap<string, Beginning> {
  const found = new Map<string, Beginning>();
  for (const reading of names) {
    const [first] = reading.tokens;
    if (first === undefined || !soundsLikeName(first) || isThing(first.kinds)) continue;
    const beginning = entryOf(found, first.key, () => ({ count: 0, people: new Set<string>() }));
    beginning.count += 1;
    for (const { tokens, beside } of runsIn(reading)) {
      const rest = tokens.filter((token) => token !== first && !isParticle(token));
      if (rest.length < 2 || beside === 'character') continue;
      if (rest.some(({ kinds }) => (kinds & KIND.given) !== 0))
        beginning.people.add(rest.map(({ key }) => key).join(' '));
    }
  }
  return found;
}
