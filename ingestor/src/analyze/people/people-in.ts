/** Finds known people in the names of folders and files. */
import { isThing, KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import type { NameTree, TreeFolder } from '../names/name-tree.ts';
import type { NameReading } from '../names/read-name.ts';
import { remembered } from '../names/remembered.ts';
import type { Token } from '../names/tokens.ts';
import { NAMES_THAT_ARE_WORDS } from '../names/words/people-words.ts';
import { isOneLetterOff } from './one-letter-off.ts';
import { FIRM, isNumbered, wordsOfName } from './runs.ts';
import type { People, Person } from './same-person.ts';

export interface Mention {
  /** The people that a name has, each once, in its order. */
  readonly people: readonly Person[];
  /** The words that stand for them. */
  readonly tokens: ReadonlySet<Token>;
  /** Sentences about words that may mean several people. */
  readonly doubts: readonly string[];
}

const NO_MENTION: Mention = { people: [], tokens: new Set(), doubts: [] };
const LONGEST_NAME = 4;
const MIN_MISSPELLED = 4;
/** Among more people, a misspelled name is too likely another's. */
const MAX_COMPARED = 100;

/** Returns a function that finds the people in a name; each name is read once. */
export function mentions(people: People, tree: NameTree): (reading: NameReading) => Mention {
  if (people.people.length === 0) return () => NO_MENTION;
  const initials = initialsOfFolders(people, tree);
  return remembered((reading: NameReading) => find(reading, people, initials));
}

const INITIALS = /^\p{Lu}{2,3}$/u;

/** Returns the initials by which folders side by side are named after several people: 'TK' beside 'JL' is no take. */
function initialsOfFolders(people: People, { folders }: NameTree): ReadonlySet<string> {
  const inFolder = new Map<TreeFolder | null, Map<Person, string>>();
  for (const { parent, reading } of folders) {
    const [word, more] = reading.tokens;
    if (word === undefined || more !== undefined || !INITIALS.test(word.text)) continue;
    const [person, other] = people.named(word.key);
    if (person === undefined || other !== undefined || person.words.length < 2) continue;
    entryOf(inFolder, parent, () => new Map<Person, string>()).set(person, word.key);
  }
  return new Set([...inFolder.values()].flatMap((names) => (names.size > 1 ? [...names.values()] : [])));
}

function find({ tokens }: NameReading, people: People, initials: ReadonlySet<string>): Mention {
  const found = new Set<Person>();
  const used = new Set<Token>();
  const doubts: string[] = [];
  const words = wordsOfName(tokens);
  for (let start = 0; start < words.length; ) {
    const match = longest(words, start, people, initials) ?? misspelled(words[start] as Token, people);
    if (match === null) {
      start += 1;
      continue;
    }
    const [only, another] = match.people;
    if (only !== undefined && another === undefined) found.add(only);
    else doubts.push(`${match.form} may be ${match.people.map(({ name }) => name).join(' or ')}`);
    for (const token of words.slice(start, start + match.length)) used.add(token);
    start += match.length;
  }
  return { people: [...found], tokens: used, doubts };
}

interface Match {
  readonly people: readonly Person[];
  /** As written. */
  readonly form: string;
  /** The number of its words. */
  readonly length: number;
}

function longest(words: readonly Token[], start: number, people: People, initials: ReadonlySet<string>): Match | null {
  for (let length = Math.min(LONGEST_NAME, words.length - start); length > 0; length--) {
    const part = words.slice(start, start + length);
    const [first] = part as [Token];
    if (length === 1 && initials.has(first.key) && INITIALS.test(first.text))
      return { people: people.named(first.key), form: first.text, length };
    if (!part.some(mayBeName) && !isNumbered(part)) continue;
    const [previous, next] = [words[start - 1], words[start + 1]];
    if (length === 1 && (!mayStandAlone(first, start) || isDated(first, previous, next))) continue;
    if (length === 1 && isWord(first) && !(isOfRecording(previous, first) && isOfRecording(next, words[start + 2])))
      continue;
    const named = people.named(part.map(({ key }) => key).join(''));
    // 'Park' is a place, unless it is the whole name or beside a microphone: 'park_lav'.
    const isPart = length === 1 && isThing(first.kinds) && named.every((person) => person.words.length > 1);
    if (isPart && !isPersonal(previous) && !isPersonal(next) && !isBeforeClip(start, words)) continue;
    if (named.length > 0) return { people: named, form: part.map(({ text }) => text).join(' '), length };
  }
  return null;
}

/** Finds the one person whose name has one other letter than a word in no list. */
function misspelled(word: Token, { people }: People): Match | null {
  if (word.kinds !== 0 || word.key.length < MIN_MISSPELLED || people.length > MAX_COMPARED) return null;
  const meant = people.filter(({ words }) => [...words, words.join('')].some((part) => isOneLetterOff(part, word.key)));
  return meant.length === 1 ? { people: meant, form: word.text, length: 1 } : null;
}

function mayBeName({ kinds }: Token): boolean {
  return (kinds & FIRM) === 0;
}

/** Meanings of the words that follow a person's name in the name of a recording. */
const OF_RECORDING =
  KIND.number |
  KIND.clip |
  KIND.letter |
  KIND.code |
  KIND.counted |
  KIND.camera |
  KIND.graded |
  KIND.proxy |
  KIND.raw |
  KIND.sound;

/** 'Weiss_K1_0001_graded': the word begins the name of a recording that has no other word. */
function isBeforeClip(start: number, [first, ...rest]: readonly Token[]): boolean {
  const isOnly = start === 0 && first !== undefined && (first.kinds & KIND.place) === 0 && rest.length > 0;
  const isMonth = isOnly && (first.kinds & KIND.month) !== 0 && !rest.some(({ kinds }) => (kinds & KIND.counted) !== 0);
  return isOnly && !isMonth && rest.every(({ kinds }) => (kinds & OF_RECORDING) !== 0);
}

function isPersonal(token: Token | undefined): boolean {
  return ((token?.kinds ?? 0) & KIND.about) !== 0;
}

const areWords = new Set(NAMES_THAT_ARE_WORDS.split(/\s+/));

function isOfRecording(token: Token | undefined, after: Token | undefined): boolean {
  if (token === undefined) return true;
  // 'chase scene', but 'chase_take_2'.
  if ((token.kinds & KIND.counted) !== 0) return ((after?.kinds ?? 0) & (KIND.number | KIND.letter | KIND.code)) !== 0;
  const kinds = KIND.about | KIND.person | KIND.particle | KIND.title | KIND.stills | KIND.document;
  if (!isThing(token.kinds)) return token.kinds !== 0 || token.text !== token.text.toLowerCase();
  return (token.kinds & (OF_RECORDING | kinds)) !== 0;
}

/** 'crystal ball' and 'rose garden' are things, where someone is called Crystal or Rose too. */
function isWord({ key }: Token): boolean {
  return areWords.has(key);
}

/** 'april 2026' is a month, 'april_neutral' may be April. */
function isDated({ kinds }: Token, previous: Token | undefined, next: Token | undefined): boolean {
  const isNumber = (token: Token | undefined) => ((token?.kinds ?? 0) & KIND.number) !== 0;
  const isPaper = next !== undefined && (next.kinds & KIND.document) !== 0 && (next.kinds & KIND.about) === 0;
  return (kinds & KIND.month) !== 0 && (isNumber(previous) || isNumber(next) || isPaper);
}

/** Two letters are initials when they are capitals, or begin the name. */
function mayStandAlone({ key, kinds, text }: Token, index: number): boolean {
  return key.length > 2 || (!isThing(kinds) && (text === text.toUpperCase() || index === 0));
}
