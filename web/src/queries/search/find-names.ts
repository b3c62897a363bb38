/**
 * Finds things by the words of their names, in any order: names that are the text come first, then those that begin
 * with it, those with words that begin with its words, those that contain them, and those that differ by a typing error.
 */
import { foldPlaces, nameWords, WORD_END } from './fold-places.ts';
import { isNear, nearestWord } from './near-words.ts';

/** A thing with a name. */
export interface Named {
  readonly name: string;
  /** Names of things that it belongs to. They may have some of the words, but not all. */
  readonly around: readonly string[];
}

export interface Found<Thing> {
  readonly thing: Thing;
  /** Lower is better. */
  readonly rank: number;
}

const rank = { exact: 0, begins: 1, wordBegins: 2, contains: 3, near: 4 } as const;
/** Added where a word is in a name around only. */
const AROUND = 0.5;
/** Above this number, typing errors are forgiven only where nothing else is found: each costs a comparison. */
const MANY = 5000;

interface Entry<Thing> {
  readonly thing: Thing;
  readonly name: string;
  readonly around: string;
}

export class NameIndex<Thing extends Named> {
  readonly things: readonly Thing[];
  #folded: readonly Entry<Thing>[] | null = null;
  #vocabulary: ReadonlySet<string> | null = null;

  constructor(things: readonly Thing[]) {
    this.things = things;
  }

  /** Names are folded with the first search, and then kept. */
  get #entries(): readonly Entry<Thing>[] {
    this.#folded ??= this.things.map((thing) => ({
      thing,
      name: foldPlaces(thing.name).text,
      around: foldPlaces(thing.around.join('\n')).text,
    }));
    return this.#folded;
  }

  /**
   * @param newness a number for each thing, by which equals are ordered, the greatest first.
   * @returns the best first; none for a text without words.
   */
  find(text: string, newness: (thing: Thing) => number): Found<Thing>[] {
    const words = nameWords(text);
    if (words.length === 0) return [];
    const phrase = foldPlaces(text).text.trim().replace(/\s+/g, ' ');
    const found = this.#ranked((entry) => rankExact(entry, words, phrase));
    if (found.length === 0 || this.#entries.length <= MANY) {
      const direct = new Set(found.map(({ thing }) => thing));
      const near = this.#nearWords(words);
      if (near !== null)
        found.push(...this.#ranked((entry) => (direct.has(entry.thing) ? null : rankNear(entry, words, near))));
    }
    const order = new Map(found.map(({ thing }) => [thing, newness(thing)]));
    const newnessOf = (thing: Thing) => order.get(thing) ?? 0;
    return found.toSorted(
      (a, b) => a.rank - b.rank || newnessOf(b.thing) - newnessOf(a.thing) || (a.thing.name < b.thing.name ? -1 : 1),
    );
  }

  /** The distinct words of all names. */
  get vocabulary(): ReadonlySet<string> {
    this.#vocabulary ??= new Set(this.#entries.flatMap(({ name }) => name.split(WORD_END)));
    return this.#vocabulary;
  }

  #ranked(rankOf: (entry: Entry<Thing>) => number | null): Found<Thing>[] {
    return this.#entries.flatMap((entry) => {
      const rank = rankOf(entry);
      return rank === null ? [] : [{ thing: entry.thing, rank }];
    });
  }

  /** Returns the words of names that each word may have meant; null: no name has any. */
  #nearWords(words: readonly string[]): ReadonlySet<string>[] | null {
    const near = words.map((word) => new Set([...this.vocabulary].filter((known) => isNear(word, known))));
    return near.some(({ size }) => size > 0) ? near : null;
  }
}

/**
 * Returns a text that names have: with words that no name has corrected, or left out where none is near.
 *
 * @returns null when nothing would change, or nothing would be left.
 */
export function nearestSpelling(text: string, indexes: readonly NameIndex<Named>[]): string | null {
  const vocabulary = new Set(indexes.flatMap((index) => [...index.vocabulary]));
  const words = nameWords(text);
  const corrected = words.map((word) => (hasPrefix(vocabulary, word) ? word : nearestWord(word, vocabulary)));
  const left = corrected.filter((word) => word !== null);
  return left.length === 0 || left.join() === words.join() ? null : left.join(' ');
}

function hasPrefix(vocabulary: ReadonlySet<string>, prefix: string): boolean {
  return vocabulary.has(prefix) || [...vocabulary].some((word) => word.startsWith(prefix));
}

function rankExact<Thing>({ name, around }: Entry<Thing>, words: readonly string[], phrase: string): number | null {
  if (name === phrase) return rank.exact;
  if (name.startsWith(phrase)) return rank.begins;
  let worst: number = rank.wordBegins;
  let isAround = false;
  let inName = false;
  for (const word of words) {
    if (name.includes(word)) {
      inName = true;
      if (!beginsWord(name, word)) worst = rank.contains;
    } else if (around.includes(word)) isAround = true;
    else return null;
  }
  return inName ? worst + (isAround ? AROUND : 0) : null;
}

function rankNear<Thing>(
  { name, around }: Entry<Thing>,
  words: readonly string[],
  near: readonly ReadonlySet<string>[],
): number | null {
  const nameWords = name.split(WORD_END);
  let inName = false;
  let isAround = false;
  for (const [at, word] of words.entries()) {
    if (name.includes(word) || nameWords.some((one) => near[at]?.has(one))) inName = true;
    else if (around.includes(word)) isAround = true;
    else return null;
  }
  return inName ? rank.near + (isAround ? AROUND : 0) : null;
}

/** Whether a word of a name begins with a text. */
function beginsWord(name: string, start: string): boolean {
  for (let at = name.indexOf(start); at !== -1; at = name.indexOf(start, at + 1)) {
    if (at === 0 || WORD_END.test(name[at - 1] as string)) return true;
  }
  return false;
}
