/** Collects the names in a delivery that may be people's, with all places where they stand. */
import { isThing, KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import { hasNoCase } from '../names/fold.ts';
import type { FileGroup, NameTree, TreeFolder } from '../names/name-tree.ts';
import type { NameReading } from '../names/read-name.ts';
import { once, remembered } from '../names/remembered.ts';
import { type Token, Tokeniser } from '../names/tokens.ts';
import { CAMERA_LETTERS, runsInFolders } from './folder-names.ts';
import { pairedNames } from './paired-names.ts';
import { isParticle, type Run, runsIn, soundsLikeName, wordsOfName } from './runs.ts';
import { wordsOfShow } from './words-of-show.ts';
import { wordsOfThings } from './words-of-things.ts';

export interface Candidate {
  /** Its words, folded, with a space between. */
  readonly key: string;
  /** Without particles and titles. */
  readonly words: readonly Token[];
  /** All its words: 'van', 'der', 'Berg'. */
  readonly allWords: readonly Token[];
  /** How it is written, and in how many names. */
  readonly texts: Map<string, number>;
  readonly runs: Run[];
  readonly folders: TreeFolder[];
  /** Folders whose name is this name only. */
  readonly wholeFolders: TreeFolder[];
  /** One of these folders holds videos, pictures or sound. */
  holdsRecordings: boolean;
  /** One of these folders has folders of a person's performances: 'neutral', 'FACS'. */
  holdsPerformances: boolean;
  /** One of these folders has folders of cameras. */
  holdsCameras: boolean;
  readonly groups: FileGroup[];
  /** Known by its place in many files' names, see {@link pairedNames}. */
  isPaired: boolean;
  /** Names of files in which it stands at the place where others have another name. */
  readonly slots: Set<string>;
}

const MAX_WORDS = 4;
/** Share of the names of files that have a word which tells none of them apart. */
const COMMON_SHARE = 0.75;
const MIN_COMMON_NAMES = 3;

export interface Candidates {
  readonly byKey: ReadonlyMap<string, Candidate>;
  /** Names that stand in each slot of files' names. */
  readonly slots: ReadonlyMap<string, ReadonlySet<string>>;
  /** Returns the words in no list that names of files have. */
  readonly wordsOfFiles: () => ReadonlySet<string>;
}

export function candidatesIn(tree: NameTree): Candidates {
  const byKey = new Map<string, Candidate>();
  const slots = new Map<string, Set<string>>();
  const common = commonWords(tree);
  const recorded = foldersOfRecordings(tree);
  const performed = new Set(
    tree.folders.flatMap((folder) => (isAbout(folder) && folder.parent ? [folder.parent] : [])),
  );
  const withCameras = new Set(tree.folders.flatMap(({ reading, parent }) => (reading.said === null ? [] : [parent])));
  const inFiles = remembered((reading: NameReading) => runsIn(reading));

  const shows = wordsOfShow(tree, inFiles);
  const things = wordsOfThings(tree);

  for (const [folder, runs] of runsInFolders(tree)) {
    for (const run of runs) {
      const tokens = run.tokens.filter(({ key }) => !shows.has(key));
      const candidate = tokens.length === 0 ? null : enter(byKey, run, tokens, folder.name);
      candidate?.folders.push(folder);
      if (candidate !== null && isWholeName(run, withoutCode(tokens))) {
        candidate.wholeFolders.push(folder);
        candidate.holdsRecordings ||= recorded.has(folder);
        candidate.holdsPerformances ||= performed.has(folder);
        candidate.holdsCameras ||= withCameras.has(folder);
      }
    }
  }
  const pairOf = pairedNames(tree);
  for (const group of tree.groups) {
    const pair = pairOf(group.reading);
    if (pair !== undefined) {
      const run: Run = { tokens: pair, beside: null, isAlone: true, isWhole: false };
      const candidate = enter(byKey, run, pair, group.reading.name);
      candidate?.groups.push(group);
      if (candidate !== null) candidate.isPaired = true;
      continue;
    }
    if (!mayNamePerson(group.reading)) continue;
    for (const run of inFiles(group.reading)) {
      const tokens = withoutCommon(run.tokens, common).filter(({ key }) => !shows.has(key) && !things.has(key));
      if (tokens.length === 0 || !mayBePerson(run, tokens)) continue;
      const candidate = enter(
        byKey,
        { ...run, isWhole: run.isWhole && inCapitals(tokens) === tokens },
        tokens,
        group.reading.name,
      );
      if (candidate === null) continue;
      candidate.groups.push(group);
      const slot = slotOf(group.reading, tokens);
      candidate.slots.add(slot);
      entryOf(slots, slot, () => new Set<string>()).add(candidate.key);
    }
  }
  return { byKey, slots, wordsOfFiles: once(() => unknownWords(tree)) };
}

function unknownWords({ groups }: NameTree): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { reading } of groups) for (const { kinds, key } of reading.tokens) if (kinds === 0) words.add(key);
  return words;
}

function isAbout({ reading }: TreeFolder): boolean {
  return (reading.kinds & KIND.about) !== 0;
}

/** Returns the folders with videos, pictures or sound at any depth. */
function foldersOfRecordings({ groups }: NameTree): ReadonlySet<TreeFolder> {
  const found = new Set<TreeFolder>();
  for (const { folder, hasPictures, hasSound } of groups) {
    if (!hasPictures && !hasSound) continue;
    for (let at: TreeFolder | null = folder; at !== null && !found.has(at); at = at.parent) found.add(at);
  }
  return found;
}

/** Returns the candidates of one name that stands alone: the delivery's own. */
export function candidatesOfName(reading: NameReading): Candidate[] {
  const byKey = new Map<string, Candidate>();
  for (const run of runsIn(reading)) {
    const initial = initialAfter(run, reading);
    enter(byKey, run, initial === null ? run.tokens : [...run.tokens, initial], reading.name);
  }
  return [...byKey.values()];
}

/** Returns the family's initial that ends a name: 'Scan - Naomi K'; the letters of cameras are rather cameras. */
function initialAfter({ tokens }: Run, { tokens: all }: NameReading): Token | null {
  const [given, more] = tokens;
  const last = all.at(-1);
  if (given === undefined || more !== undefined || last === undefined || all.at(-2) !== given) return null;
  const isInitial = (last.kinds & KIND.letter) !== 0 && last.text !== last.key && !CAMERA_LETTERS.includes(last.key);
  return isInitial && (given.kinds & KIND.given) !== 0 ? last : null;
}

/** Returns a subject of the project as a candidate without a place; null for a name of things. */
export function candidateOfSubject(name: string): Candidate | null {
  const tokens = new Tokeniser().tokensOf(name).tokens.filter(({ kinds }) => (kinds & KIND.number) === 0);
  if (tokens.length === 0 || tokens.every(({ kinds }) => isThing(kinds))) return null;
  const words = wordsOfName(tokens);
  return withoutPlaces(words, tokens, new Map([[name, 1]]));
}

/** Returns a candidate that has been found nowhere yet. @param texts its spellings, with how often each was found. */
function withoutPlaces(words: Candidate['words'], allWords: readonly Token[], texts: Map<string, number>): Candidate {
  return {
    ...{ key: words.map(({ key }) => key).join(' '), words, allWords, texts },
    ...{ runs: [], folders: [], wholeFolders: [], groups: [] },
    ...{
      holdsRecordings: false,
      holdsPerformances: false,
      holdsCameras: false,
      isPaired: false,
      slots: new Set<string>(),
    },
  };
}

function enter(byKey: Map<string, Candidate>, run: Run, tokens: readonly Token[], name: string): Candidate | null {
  const isWhole = isWholeName(run, withoutCode(tokens));
  const chosen = isWhole ? withoutCode(tokens) : nameWithin(withoutCode(inCapitals(tokens)));
  const words = wordsOfName(chosen);
  const [first, last] = [chosen[0], chosen.at(-1)];
  if (first === undefined || last === undefined || words.length === 0 || words.length > MAX_WORDS) return null;
  const key = words.map((word) => word.key).join(' ');
  let candidate = byKey.get(key);
  if (candidate === undefined) {
    candidate = withoutPlaces(words, chosen, new Map());
    byKey.set(key, candidate);
  }
  const text = name.slice(first.start, last.end);
  candidate.texts.set(text, (candidate.texts.get(text) ?? 0) + 1);
  // A word beside the run tells nothing about a name further in: 'Agency Blom_Jane_Doe'.
  const beside = chosen[0] === tokens[0] || run.beside === 'place' ? run.beside : null;
  const isAlone = run.isAlone && (isWhole || inCapitals(tokens) === tokens);
  candidate.runs.push(beside === run.beside && isAlone === run.isAlone ? run : { ...run, beside, isAlone });
  return candidate;
}

/** Meanings without which small letters are no name, see {@link mayBePerson}. */
const OF_PEOPLE =
  KIND.given | KIND.family | KIND.person | KIND.about | KIND.crew | KIND.named | KIND.title | KIND.honorific;
const SMALL_LETTERS = /^[\x20-\x40\x5b-\x7e]*$/;

/** Spares most names the search for runs of words. */
function mayNamePerson({ name, kinds }: NameReading): boolean {
  return (kinds & OF_PEOPLE) !== 0 || !SMALL_LETTERS.test(name);
}

/** Whether a file's words can become a person: small letters without a reason about the name never do. */
function mayBePerson({ beside }: Run, words: readonly Token[]): boolean {
  if (beside !== null) return true;
  return words.some((word) => soundsLikeName(word) || word.text !== word.text.toLowerCase() || hasNoCase(word.text));
}

/** Whether a name is a whole one, without words in small letters that are rather things: 'Jane doe', but not 'Lancaster cockpit' or 'Jane Doe pickups'. */
function isWholeName({ isWhole }: Run, tokens: readonly Token[]): boolean {
  const isShort = ((tokens[0]?.kinds ?? 0) & KIND.given) !== 0 && tokens.length <= 2;
  return isWhole && (isShort || inCapitals(tokens) === tokens);
}

/** Cuts words in small letters and in no list after those with capitals: 'Jane Doe_rls' -> 'Jane Doe', 'Jane_topcam' -> 'Jane'. */
function inCapitals(tokens: readonly Token[]): readonly Token[] {
  const end = tokens.findIndex(({ kinds, text }) => kinds === 0 && text === text.toLowerCase() && !hasNoCase(text));
  const before = tokens.slice(0, Math.max(0, end)).filter(({ text }) => text !== text.toLowerCase());
  return before.length > 0 ? tokens.slice(0, end) : tokens;
}

const MAX_CODE = 3;

/** Cuts a short code after a full name in mixed case: 'Jane Doe IV' of an interview, 'Jane Doe OTF'. */
function withoutCode(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.at(-1);
  if (last === undefined || tokens.length < 3 || last.kinds !== 0 || last.text.length > MAX_CODE) return tokens;
  const isMixed = tokens.slice(0, -1).every(({ text }) => text !== text.toUpperCase() && text !== text.toLowerCase());
  return isMixed && /^\p{Lu}{2,}$/u.test(last.text) ? tokens.slice(0, -1) : tokens;
}

/** Cuts a long run to the given name in it and what follows: 'HARBOUR_NORTH_Jane_Doe' -> 'Jane_Doe'. */
function nameWithin(tokens: readonly Token[]): readonly Token[] {
  const names = tokens.filter((token) => !isParticle(token)).length;
  if (names <= 2) return tokens;
  const given = tokens.findIndex(({ kinds }) => (kinds & KIND.given) !== 0 && !isThing(kinds));
  if (given < 0) return tokens;
  const from = tokens.slice(given);
  // A third word belongs to the name when it is known as one: 'Jane Doe Smith', 'Maria del Carmen Ruiz'.
  let end = 1;
  while (end < from.length && end < MAX_WORDS) {
    const token = from[end];
    const isKnown = token !== undefined && (token.kinds & (KIND.given | KIND.family | KIND.particle)) !== 0;
    if (end > 1 && !isKnown) break;
    end++;
  }
  // The family's name may come first.
  const before = tokens[given - 1];
  const isFamilyFirst = before !== undefined && (before.kinds & KIND.family) !== 0 && end < 2;
  return isFamilyFirst ? tokens.slice(given - 1, given + end) : from.slice(0, end);
}

/** Returns the name with '*' for the candidate and '#' for numbers: names that differ only there are alike. */
function slotOf({ tokens }: NameReading, candidate: readonly Token[]): string {
  const parts: string[] = [];
  for (const token of tokens) {
    if (candidate.includes(token)) {
      if (parts.at(-1) !== '*') parts.push('*');
    } else parts.push((token.kinds & (KIND.number | KIND.clip)) !== 0 ? '#' : token.key);
  }
  return parts.join(' ');
}

/** Returns words in no list that most names of files have, such as a show's: they tell no person apart. */
function commonWords({ groups }: NameTree): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const all = groups.reduce((sum, { files }) => sum + files.length, 0);
  if (all < MIN_COMMON_NAMES) return new Set();
  let names = 0;
  for (const { reading, files } of groups) {
    // A word that most names have is in one of the first.
    const mayBegin = names <= all * (1 - COMMON_SHARE);
    names += files.length;
    const { tokens } = reading;
    for (const [index, token] of tokens.entries()) {
      const known = counts.get(token.key);
      if (known === undefined && !mayBegin) continue;
      if (token.kinds !== 0 || soundsLikeName(token)) continue;
      if (tokens.findIndex(({ key }) => key === token.key) < index) continue;
      counts.set(token.key, (known ?? 0) + files.length);
    }
  }
  return new Set([...counts].flatMap(([key, count]) => (count >= names * COMMON_SHARE ? [key] : [])));
}

/** Removes common words, except one that follows a given name: it may be the family's. */
function withoutCommon(tokens: readonly Token[], common: ReadonlySet<string>): readonly Token[] {
  if (common.size === 0) return tokens;
  return tokens.filter(({ key }, index) => {
    if (!common.has(key)) return true;
    const previous = tokens[index - 1];
    return previous !== undefined && (previous.kinds & KIND.given) !== 0;
  });
}

/** Returns one way in which a candidate is written. */
export function textOf({ texts }: Candidate): string {
  return [...texts.keys()][0] ?? '';
}
