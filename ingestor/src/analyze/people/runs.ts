/** Finds the words of a name that may be a person's: a run of words that mean nothing else, and what stands beside it. */
import { endsLikeFamily, isThing, KIND, kindsOf } from '../names/dictionary.ts';
import { fold, hasNoCase } from '../names/fold.ts';
import type { NameReading } from '../names/read-name.ts';
import type { Token } from '../names/tokens.ts';
import { AS_CHARACTER, COMPANIES, NUMBERED_PERSON } from '../names/words/people-words.ts';
import { NAMED_PLACES_AFTER, NAMED_PLACES_BEFORE } from '../names/words/thing-words.ts';

export interface Run {
  readonly tokens: readonly Token[];
  /** A word beside the run tells whose name it is. */
  readonly beside: 'person' | 'about' | 'crew' | 'project' | 'place' | 'character' | null;
  /** All other words of the name are known, and none of them is a person's. */
  readonly isAlone: boolean;
  /** The name holds nothing else but numbers. */
  readonly isWhole: boolean;
}

/** Meanings that a word keeps even beside a name: 'JANE_LAV' is Jane's microphone. */
export const FIRM =
  KIND.graded |
  KIND.proxy |
  KIND.raw |
  KIND.sound |
  KIND.document |
  KIND.stills |
  KIND.camera |
  KIND.angle |
  KIND.position |
  KIND.witness |
  KIND.equipment |
  KIND.card |
  KIND.counted |
  KIND.shared |
  KIND.capture |
  KIND.person |
  KIND.crew |
  KIND.code |
  KIND.clip |
  KIND.number |
  KIND.day;
const NAME = KIND.given | KIND.family;
const ADDRESS = KIND.title | KIND.honorific | KIND.particle;
/** Words that number or order a folder of a person: '02_Jane Doe', 'CARD_1 Jane Doe', 'Ms. Jane Doe'. */
const ORDER =
  KIND.number |
  KIND.person |
  KIND.title |
  KIND.honorific |
  KIND.letter |
  KIND.code |
  KIND.card |
  KIND.counted |
  KIND.day;
/** Separates two names: '&', ',', '(', ' - ', '__'. */
const BREAK = /[&+,;()[\]{}=]|\s-+\s|__|--/;

/** @param isFolder a folder may be named after a person whose name is also a word: 'April', 'Juno Park'. */
export function runsIn(reading: NameReading, isFolder = false): Run[] {
  const { tokens } = reading;
  const numbered = (reading.kinds & KIND.person) === 0 ? null : numberedPerson(tokens);
  if (numbered !== null) return [describe(numbered, tokens, reading.name)];
  const isOnlyName = isFolder && mayBeOnlyName(tokens);
  const inRun = tokens.map(
    (token, index) => isNameable(token, tokens[index - 1], tokens[index + 1]) || (isOnlyName && !isBesideName(token)),
  );
  const runs: Token[][] = [];
  let run: Token[] = [];
  const end = () => {
    if (run.some((token) => !isParticle(token) && (token.kinds & KIND.letter) === 0)) runs.push(run);
    run = [];
  };
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    if (previous !== undefined && isBreak(reading, previous, token)) end();
    const joins = isParticle(token)
      ? inRun[nameAfter(tokens, index)]
      : isInitial(token, index, reading, run.length > 0);
    if (inRun[index] || joins) run.push(token);
    else end();
  }
  end();
  const [person, ...others] = runs;
  const part = others.find((other) => isPart(other, person as Token[], reading));
  if (part === undefined) return runs.map((found) => describe(found, tokens, reading.name));
  const before = tokens
    .slice(0, tokens.indexOf(part[0] as Token))
    .filter((token) => !isBesideCharacter(token) || person?.includes(token));
  return runs.map((found) =>
    found === part
      ? { ...describe(found, tokens, reading.name), beside: 'character' }
      : describe(found, before, reading.name),
  );
}

/** 'Jane Doe - Butler Hobbs', 'Jane Doe (as Queen Mary)': a name after a person's that is none, or has a title before it. */
function isPart(run: readonly Token[], person: readonly Token[], { tokens, name }: NameReading): boolean {
  const first = tokens.indexOf(run[0] as Token);
  if (isCharacter(tokens, first)) return true;
  const between = name.slice(person.at(-1)?.end, run[0]?.start);
  const isApart = /^\s*(?: - |\()/.test(between) && wordsOfName(person).length > 1;
  const hasTitle = ((tokens[first - 1]?.kinds ?? 0) & (KIND.title | KIND.place)) !== 0;
  return isApart && (hasTitle || ((run[0]?.kinds ?? 0) & KIND.given) === 0);
}

/** Returns the index of the first word after particles: 'de la Fuente'. */
function nameAfter(tokens: readonly Token[], index: number): number {
  let after = index + 1;
  while (tokens[after] !== undefined && isParticle(tokens[after] as Token)) after++;
  return after;
}

/** 'DOE, Jane' and 'de la Fuente, Rocío' are one name; all other commas stand between two. */
export function isBreak({ tokens, name }: NameReading, previous: Token, token: Token): boolean {
  const between = name.slice(previous.end, token.start);
  return (
    BREAK.test(between) &&
    !(
      between === ', ' &&
      wordsOfName(tokens).filter(({ kinds }) => !isThing(kinds) || (kinds & NAME) !== 0).length === 2
    )
  );
}

/** Finds a person whose name is a number: 'SUBJ_001'; null for none, and where a name stands beside it. */
function numberedPerson(tokens: readonly Token[]): readonly Token[] | null {
  const index = tokens.findIndex(({ key }) => numberedWords.has(key));
  const [word, number, after] = [tokens[index], tokens[index + 1], tokens[index + 2]];
  if (word === undefined || number === undefined || (number.kinds & KIND.number) === 0) return null;
  const isNamed = after !== undefined && isNameable(after, number, tokens[index + 3]);
  return isNamed ? null : [word, number];
}
const numberedWords = new Set(NUMBERED_PERSON.split(/\s+/).map(fold));

/** Whether a run is the number of a person rather than a name. */
export function isNumbered([first, second]: readonly Token[]): boolean {
  return (
    first !== undefined && second !== undefined && numberedWords.has(first.key) && (second.kinds & KIND.number) !== 0
  );
}

function describe(run: readonly Token[], tokens: readonly Token[], name: string): Run {
  const others = tokens.filter((token) => !run.includes(token));
  const first = tokens.indexOf(run[0] as Token);
  return {
    tokens: run,
    beside: isOfPlace(run, tokens, first) ? 'place' : besideOf(tokens, first, run.length, name),
    isAlone: others.every(({ kinds }) => isThing(kinds) || (kinds & ADDRESS) !== 0),
    isWhole: others.every(({ kinds }) => (kinds & ORDER) !== 0),
  };
}

const placesAfter = new Set(NAMED_PLACES_AFTER.split(/\s+/));
/** Streets are named after whole names: 'Rajesh Khanna Marg'. */
const streets = new Set('street road avenue boulevard marg chowk caddesi sokak strasse straat utca'.split(' '));
const placesBefore = new Set(NAMED_PLACES_BEFORE.split(/\s+/));

/** Whether a name is a place's: 'Victoria Station', 'Rue Victor Hugo'. 'jane_garden' is rather Jane in a garden. */
function isOfPlace(run: readonly Token[], tokens: readonly Token[], first: number): boolean {
  const names = run.filter((token) => !isParticle(token));
  const [before, after] = [tokens[first - 1], tokens[first + run.length]];
  const isPlace = (token: Token | undefined, places: ReadonlySet<string>) =>
    token !== undefined && places.has(token.key) && token.text !== token.text.toLowerCase() && !isName(token);
  return (
    ((names.length === 1 || streets.has(after?.key ?? '')) && isPlace(after, placesAfter)) ||
    isPlace(before, placesBefore)
  );
}

function isName({ kinds }: Token): boolean {
  return (kinds & NAME) !== 0;
}

/** @param name the text that the words are of. */
function besideOf(tokens: readonly Token[], first: number, length: number, name: string): Run['beside'] {
  const after = tokens[first + length]?.kinds ?? 0;
  if (isCharacter(tokens, first)) return 'character';
  const before = tokens[first - 1]?.kinds ?? 0;
  // 'DIT_notes_Mark': papers of the crew.
  const beforePaper = (before & KIND.document) === 0 ? 0 : (tokens[first - 2]?.kinds ?? 0);
  if (((before | beforePaper) & KIND.crew) !== 0 || isListedCrew(tokens, name)) return 'crew';
  if ((before & KIND.named) !== 0 || isOfTitle(tokens[first], tokens[first + 1])) return 'project';
  if (isOfCrew(tokens, first, length, name)) return 'crew';
  if (companies.has(tokens[first + length]?.key ?? '')) return 'project';
  const isAddressed = (before & KIND.title) !== 0 || (after & KIND.honorific) !== 0;
  if (isAddressed || ((before | after) & KIND.person) !== 0) return 'person';
  return ((before | after) & KIND.about) === 0 ? null : 'about';
}

/** 'Gaffer - Big Tony': a word for the crew, and who that is. */
function isListedCrew([word, next]: readonly Token[], name: string): boolean {
  return (
    word !== undefined &&
    next !== undefined &&
    (word.kinds & KIND.crew) !== 0 &&
    / -+ |:/.test(name.slice(word.end, next.start))
  );
}

/** 'Jane Doe (mixer)', 'Jane Doe - DIT': a word for the crew after a name, apart from it or at the end. */
function isOfCrew(tokens: readonly Token[], first: number, length: number, name: string): boolean {
  const [last, word] = [tokens[first + length - 1], tokens[first + length]];
  if (last === undefined || word === undefined || (word.kinds & KIND.crew) === 0) return false;
  const isApart = /[([,]| -+ /.test(name.slice(last.end, word.start));
  return isApart || (length > 1 && word === tokens.at(-1));
}

const companies = new Set(COMPANIES.split(/\s+/));

const asCharacter = new Set(AS_CHARACTER.split(/\s+/));

/** 'Jane Doe (as Queen Mary)': the second name is no person's. Words for things may stand before it. */
function isCharacter(tokens: readonly Token[], first: number): boolean {
  let at = first - 1;
  while (at > 0 && isBesideCharacter(tokens[at] as Token) && !asCharacter.has(tokens[at]?.key ?? '')) at--;
  return at > 0 && asCharacter.has(tokens[at]?.key ?? '');
}

function isBesideCharacter({ kinds }: Token): boolean {
  return isThing(kinds) || (kinds & ADDRESS) !== 0;
}

const TITLE = /^(?:\p{L}{2,}ing|dear|goodbye|remember|finding)$/u;

/** 'Saving Simon', 'Dear Evelyn': the title of a show. */
function isOfTitle(first: Token | undefined, next: Token | undefined): boolean {
  return first?.kinds === 0 && TITLE.test(first.key) && ((next?.kinds ?? 0) & KIND.given) !== 0;
}

/** Whether a word may be a name: one that is in no list of things, or in one that allows it beside other names. */
function isNameable(token: Token, previous: Token | undefined, next: Token | undefined): boolean {
  const { kinds, key } = token;
  if ((kinds & KIND.letter) !== 0 || (key.length < 2 && !hasNoCase(key))) return false;
  if (!isThing(kinds)) return (kinds & ADDRESS) === 0 || (kinds & NAME) !== 0 || kinds === 0;
  if (isCountedFamily(token, previous, next) || isBetweenNames(token, previous, next)) return true;
  if ((kinds & FIRM) !== 0 || (kinds & NAME) === 0) return false;
  const isApart = [previous, next].every(
    (one) => one === undefined || ((one.kinds & FIRM) !== 0 && (one.kinds & KIND.number) === 0),
  );
  if (isApart && (kinds & KIND.given) !== 0) return true;
  // 'Mark' or 'April' may be a name before a family's, 'Stone' or 'Day' after a given name.
  const isGiven = (kinds & KIND.given) !== 0 && next !== undefined && isPure(next, KIND.family);
  return (
    isGiven ||
    ((kinds & KIND.family) !== 0 &&
      previous !== undefined &&
      isPure(previous, KIND.given) &&
      (next === undefined || (next.kinds & FIRM) !== 0))
  );
}

/** 'Lin' of 'Mei Lin Foster' is a name, also where 'lin' is a thing. */
function isBetweenNames({ kinds }: Token, previous: Token | undefined, next: Token | undefined): boolean {
  if (previous === undefined || next === undefined || (kinds & NAME) === 0) return false;
  return isPure(previous, NAME) && isPure(next, KIND.family);
}

/** 'Page' of 'Mark Page': a word that counts things, with a capital after a given name, and without a number. */
function isCountedFamily({ kinds, text }: Token, previous: Token | undefined, next: Token | undefined): boolean {
  const isFamily = (kinds & FIRM) === KIND.counted && (kinds & KIND.family) !== 0 && text !== text.toLowerCase();
  return (
    isFamily && ((previous?.kinds ?? 0) & KIND.given) !== 0 && ((next?.kinds ?? 0) & (KIND.number | KIND.letter)) === 0
  );
}

function isPure({ kinds }: Token, kind: number): boolean {
  return (kinds & kind) !== 0 && !isThing(kinds);
}

export function isParticle({ kinds }: Token): boolean {
  return (kinds & KIND.particle) !== 0;
}

/** Returns the words of a name without those that only join others: 'Jan van der Berg' -> Jan, Berg. */
export function wordsOfName(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => !isParticle(token) || (token.kinds & NAME) !== 0);
}

/** 'J' of 'J_DOE', 'Robert J Smith', 'P.J. Smith'; the first letters of the alphabet are more often cameras. */
function isInitial(token: Token, index: number, { tokens, name: text }: NameReading, isInside: boolean): boolean {
  if ((token.kinds & KIND.letter) === 0) return false;
  let after = index + 1;
  while (((tokens[after]?.kinds ?? 0) & KIND.letter) !== 0) after++;
  const name = tokens[after];
  if (name === undefined || isThing(name.kinds) || (name.kinds & ADDRESS) !== 0) return false;
  const isStopped = text[token.end] === '.' && /^\p{Lu}/u.test(name.text);
  return (
    isInside || isStopped || ((name.kinds & KIND.family) !== 0 && (after > index + 1 || !'abcd'.includes(token.key)))
  );
}

const MAX_WORDS_OF_FOLDER = 3;

/** Whether a folder's name holds nothing but one to three words, one of which is also a name, and numbers. */
function mayBeOnlyName(tokens: readonly Token[]): boolean {
  const words = tokens.filter((token) => !isBesideName(token));
  // '21-May-26' is a day.
  if (words.length < tokens.length && words.some(({ kinds }) => (kinds & KIND.month) !== 0)) return false;
  if (isLandmark(words, tokens)) return false;
  const isName = words.some(({ kinds }) => (kinds & NAME) !== 0);
  return isName && words.length <= MAX_WORDS_OF_FOLDER && words.every(mayBeWordOfName);
}

/** 'Glen Affric', 'Palexpo Hall 4': a word in no list beside one for places, even if that is a name too. */
function isLandmark([first, second, third]: readonly Token[], tokens: readonly Token[]): boolean {
  if (first === undefined || second === undefined || third !== undefined) return false;
  const isBefore = (first.kinds & KIND.place) !== 0 && second.kinds === 0 && !endsLikeFamily(second.key);
  const isNumbered = ((tokens[tokens.indexOf(second) + 1]?.kinds ?? 0) & KIND.number) !== 0;
  return isBefore || (isNumbered && first.kinds === 0 && (second.kinds & KIND.place) !== 0);
}

function isBesideName({ kinds }: Token): boolean {
  return (kinds & (KIND.number | KIND.person | ADDRESS)) !== 0;
}

function mayBeWordOfName({ kinds, text }: Token): boolean {
  return (kinds & FIRM) === 0 && (!isThing(kinds) || (kinds & NAME) !== 0) && text !== text.toLowerCase();
}

/** Whether a word is known as a given or a family name, or looks like a person's. */
export function soundsLikeName(token: Token): boolean {
  if ((token.kinds & NAME) !== 0) return true;
  const { kinds, key, text } = token;
  return kinds === 0 && text !== text.toLowerCase() && (endsLikeFamily(key) || isInitialAndFamily(token));
}

const MIN_FAMILY = 3;

/** 'JDOE', 'JDoe', 'MSmith': an initial and a known family name in one word. */
export function isInitialAndFamily({ kinds, key, text }: Token): boolean {
  if (kinds !== 0 || key.length <= MIN_FAMILY || !/^\p{Lu}\p{Lu}/u.test(text)) return false;
  return (kindsOf(key.slice(1)) & KIND.family) !== 0;
}
