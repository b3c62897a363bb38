/**
 * Decides which names are people's. A person needs two independent reasons, or one strong one, and at least one of
 * them must be about the name itself: folders and files stand in patterns for many causes.
 */
import { eastAsianFamily, endsLikeFamily, isThing, KIND, kindsOf } from '../names/dictionary.ts';
import { hasNoCase } from '../names/fold.ts';
import type { Token } from '../names/tokens.ts';
import type { Candidate, Candidates } from './candidates.ts';
import { isInitialAndFamily, isNumbered } from './runs.ts';

export interface Reasons {
  /** The sum of the reasons' weights. */
  readonly weight: number;
  /** As the rest of a sentence: 'Jane is a given name'. */
  readonly sentences: readonly string[];
}

/** A person needs this much; the weight of a strong reason. */
const ENOUGH = 2;
/** Shorter words of the lists are too often something else. */
const MIN_LISTED = 3;

interface Found {
  weight: number;
  /** Whether a reason is about the name itself. */
  isName: boolean;
  readonly sentences: string[];
}

/** Returns the candidates that are people, with the reasons. @param subjects keys of the project's subjects. @param crew keys of names of the crew. */
export function people(
  candidates: Candidates,
  subjects: ReadonlySet<string>,
  crew: ReadonlySet<string>,
): Map<Candidate, Reasons> {
  const found = new Map<Candidate, Found>();
  for (const candidate of candidates.byKey.values()) {
    if (isRejected(candidate) || (crew.has(candidate.key) && candidate.wholeFolders.length === 0)) continue;
    const reasons = aboutName(candidate, subjects);
    aboutPlaces(candidate, candidates, reasons);
    found.set(candidate, reasons);
  }
  const levels = peopleByDepth(found);
  const shareInSlots = namesInSlots(candidates, found);
  const performing = [...found.keys()].filter(({ holdsPerformances }) => holdsPerformances);
  // Several folders with performances are several people's; one alone may be the show's.
  if (performing.length > 1) {
    for (const candidate of performing)
      add(found.get(candidate) as Found, 1, 'performances of a person lie in it', isWrittenAsName(candidate));
  }
  const people = new Map<Candidate, Reasons>();
  for (const [candidate, reasons] of found) {
    const beside = besidePeople(candidate, levels);
    if (beside !== null) add(reasons, 1, `it stands beside ${textOf(beside)}`, false);
    // A word in no list, among people and written as they are: 'Quillon' beside 'Jane' and 'John'.
    if (beside !== null && !reasons.isName && candidate.holdsRecordings && isWrittenLike(candidate, beside)) {
      const share = levels.share(candidate);
      if (share >= 0.5) add(reasons, 1, 'it is written like their names', true);
    }
    const inSlot = beside === null && !reasons.isName && isWrittenAsName(candidate) ? shareInSlots(candidate) : 0;
    if (inSlot >= 0.5) add(reasons, 1, 'other files have people’s names in its place', true);
    if (reasons.isName && reasons.weight >= ENOUGH) people.set(candidate, reasons);
  }
  return people;
}

/** Returns a function that tells how many of the other names in a candidate's place sound like people's, 0 to 1. */
function namesInSlots({ slots, byKey }: Candidates, found: ReadonlyMap<Candidate, Found>): (one: Candidate) => number {
  const names = new Map<string, number>();
  for (const [slot, keys] of slots) {
    let count = 0;
    for (const key of keys) if (found.get(byKey.get(key) as Candidate)?.isName === true) count += 1;
    names.set(slot, count);
  }
  return (candidate) => {
    const shares = [...candidate.slots].map((slot) => {
      const others = (slots.get(slot)?.size ?? 0) - 1;
      return others < 1 ? 0 : (names.get(slot) ?? 0) / others;
    });
    return Math.max(0, ...shares);
  };
}

/** Returns the reasons for a name that stands alone, such as the delivery's own; null when they do not suffice. */
export function reasonsAlone(candidate: Candidate, subjects: ReadonlySet<string>): Reasons | null {
  if (isRejected(candidate)) return null;
  const reasons = aboutName(candidate, subjects);
  if (reasons.isName && isWritten(candidate) && candidate.runs.some(({ isAlone }) => isAlone)) {
    add(reasons, 1, 'the other words are known', false);
  }
  return reasons.isName && reasons.weight >= ENOUGH ? reasons : null;
}

/** A name that is always beside a word for crew or for a project is theirs. */
function isRejected({ runs }: Candidate): boolean {
  return runs.every(({ beside }) => beside === 'crew' || beside === 'project');
}

/** Whether the parent of its folders is a list of people: 'Talent', 'Actors'. */
function isAmongPeople({ wholeFolders }: Candidate): boolean {
  return wholeFolders.some(
    ({ parent }) =>
      parent?.parent && parent.reading.tokens.every(({ kinds }) => (kinds & (KIND.person | KIND.number)) !== 0),
  );
}

/** Whether all its folders lie among things: 'Locations', 'Props'. */
function isAmongThings({ wholeFolders, groups }: Candidate): boolean {
  return (
    wholeFolders.length > 0 &&
    groups.length === 0 &&
    wholeFolders.every(
      ({ parent }) =>
        parent?.parent &&
        (parent.reading.kinds & (KIND.shared | KIND.place | KIND.crew)) !== 0 &&
        (parent.reading.kinds & KIND.person) === 0,
    )
  );
}

function aboutName(candidate: Candidate, subjects: ReadonlySet<string>): Found {
  const reasons: Found = { weight: 0, isName: false, sentences: [] };
  const { words, runs, key } = candidate;
  if (subjects.has(key)) add(reasons, ENOUGH, 'it is a subject of the project', true);
  if (isAmongPeople(candidate)) add(reasons, ENOUGH, 'its folder lies in a folder of people', true);
  if (isNumbered(words)) add(reasons, ENOUGH, 'it numbers people', true);
  if (runs.some(({ beside }) => beside === 'person')) {
    add(reasons, isWritten(candidate) ? ENOUGH : 1, 'a word beside it says that it is a person', true);
  }
  if (words.length === 1 && words.every(areInitials)) {
    // Three letters alone may be anything: they need one reason more.
    add(reasons, -1, 'it is written like initials', true);
  }
  if (runs.some(({ beside }) => beside === 'about')) {
    add(reasons, 1, 'papers, microphones or performances of one person have this name', words.length > 1);
  }
  const given = words.find((word) => isListed(word, KIND.given, words));
  const family = words.findLast((word) => word !== given && isListed(word, KIND.family, words));
  if (given !== undefined) add(reasons, 1, `${given.text} is a given name`, true);
  if (family !== undefined) add(reasons, 1, `${family.text} is a family name`, true);
  const looksLikeFamily = words.find((word) => word !== given && word !== family && looksLikeFamilyName(word));
  if (looksLikeFamily !== undefined && family === undefined) {
    add(reasons, 1, `${looksLikeFamily.text} looks like a family name`, true);
  }
  const [only] = words;
  const isBoth =
    only !== undefined && words.length === 1 && (only.kinds & KIND.given) !== 0 && (only.kinds & KIND.family) !== 0;
  // 'JANEDOE' in one word.
  if (isBoth && kindsOf(only.key) === 0) {
    add(reasons, 1, 'it has a given and a family name', true);
  }
  if (words.length > 1 && reasons.isName && given !== undefined && family === undefined) {
    add(reasons, 1, 'it is written like a full name', false);
  }
  if (
    words.length > 1 &&
    !reasons.isName &&
    !isAmongThings(candidate) &&
    words.every(isCapitalised) &&
    candidate.wholeFolders.length > 0
  ) {
    add(reasons, 1, 'it is written like a full name', true);
  }
  if (words.length > 1 && family === undefined && (words[0]?.kinds ?? 0) & KIND.letter) {
    add(reasons, 1, 'an initial stands before it', true);
  }
  const initial = words.find(isInitialAndFamily);
  if (initial !== undefined && family === undefined) {
    add(reasons, 1, `${initial.text} is an initial and a family name`, true);
  }
  return reasons;
}

function aboutPlaces(candidate: Candidate, { slots }: Candidates, reasons: Found): void {
  const { wholeFolders, folders, groups, runs, words } = candidate;
  if (wholeFolders.length > 0) add(reasons, 1, 'a folder has this name', false);
  else if (isWritten(candidate) && runs.some(({ isAlone }) => isAlone))
    add(reasons, 1, 'all words beside it are known', false);
  const others = [...candidate.slots].flatMap((slot) => (slot === '*' ? [] : [slots.get(slot)?.size ?? 0]));
  const isContrasted = others.some((size) => size > 1);
  const isAbout = runs.some(({ beside }) => beside === 'about') && words.every(isCapitalised);
  if (isContrasted) add(reasons, 1, 'other names stand in its place in other files', isAbout);
  const inFolders = new Set(groups.map(({ folder }) => folder)).size;
  const isBoth = groups.some(({ hasSound }) => hasSound) && groups.some(({ hasPictures }) => hasPictures);
  // A word in no list that tells recordings apart, of sound and of pictures: 'BRIDIE' and 'CORIN'.
  const isTelling = isContrasted && isBoth && words.every(isUnknown) && runs.some(({ isAlone }) => isAlone);
  const isElsewhere =
    folders.length > 0 && groups.some(({ folder }) => !folders.some(({ path }) => isBelow(folder.path, path)));
  if (inFolders > 1 || isBoth || isElsewhere) add(reasons, 1, 'it occurs in several places', isTelling);
  const isInCapitals = groups.some(
    ({ reading }) =>
      words.every(({ text }) => text === text.toUpperCase() && !hasNoCase(text)) &&
      reading.tokens.some((token) => !words.includes(token) && token.text !== token.text.toUpperCase()),
  );
  if (isInCapitals) add(reasons, 1, 'it stands out in capitals', false);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

interface Levels {
  /** Names of people's folders at each depth. */
  readonly names: ReadonlyMap<number, readonly Candidate[]>;
  share(candidate: Candidate): number;
}

/** Finds the depths at which folders have people's names. */
function peopleByDepth(found: ReadonlyMap<Candidate, Found>): Levels {
  const names = new Map<number, Candidate[]>();
  const all = new Map<number, number>();
  for (const [candidate, { isName }] of found) {
    for (const depth of new Set(candidate.wholeFolders.map((folder) => folder.depth))) {
      all.set(depth, (all.get(depth) ?? 0) + 1);
      if (isName) names.set(depth, [...(names.get(depth) ?? []), candidate]);
    }
  }
  return {
    names,
    share: ({ wholeFolders }) =>
      Math.max(0, ...wholeFolders.map(({ depth }) => (names.get(depth)?.length ?? 0) / (all.get(depth) ?? 1))),
  };
}

/** Returns another person at the depth of a candidate's folders. */
function besidePeople(candidate: Candidate, { names }: Levels): Candidate | null {
  for (const { depth } of candidate.wholeFolders) {
    const other = names.get(depth)?.find((one) => one !== candidate);
    if (other !== undefined) return other;
  }
  return null;
}

function textOf({ texts }: Candidate): string {
  return [...texts.keys()][0] ?? '';
}

function add(found: Found, weight: number, sentence: string, isName: boolean): void {
  found.weight += weight;
  found.isName ||= isName;
  found.sentences.push(sentence);
}

function isListed(word: Token, kind: number, words: readonly Token[]): boolean {
  if (kind === KIND.family && eastAsianFamily(word.text) !== null && word.text.length > 1) return true;
  if ((word.kinds & kind) === 0 || (words.length === 1 && isThing(word.kinds))) return false;
  return word.key.length >= MIN_LISTED || hasNoCase(word.text) || words.length > 1;
}

const MAX_INITIALS = 4;

/** 'JDK': a few capitals in no list. */
function areInitials({ kinds, text }: Token): boolean {
  return kinds === 0 && text.length <= MAX_INITIALS && /^\p{Lu}{2,}$/u.test(text);
}

function looksLikeFamilyName(word: Token): boolean {
  return word.kinds === 0 && isCapitalised(word) && endsLikeFamily(word.key);
}

function isCapitalised({ text }: Token): boolean {
  return /^\p{Lu}/u.test(text) && (text.length > 2 || text === text.toUpperCase());
}

/** Where all names are in lower case, two words beside names of two words are one: 'hal_prentice' beside 'nell_ashdown'. */
function isWrittenLike(candidate: Candidate, other: Candidate): boolean {
  if (isWrittenAsName(candidate)) return true;
  const isLower = (one: Candidate) =>
    one.words.length === 2 && one.words.every(({ text }) => text === text.toLowerCase());
  return isLower(candidate) && isLower(other);
}

/** Whether each word is known, or written with a capital. */
function isWritten({ words }: Candidate): boolean {
  return words.every((word) => word.kinds !== 0 || isCapitalised(word) || hasNoCase(word.text));
}

function isUnknown(word: Token): boolean {
  return word.kinds === 0 && isCapitalised(word) && word.text.length >= MIN_LISTED;
}

function isWrittenAsName({ words }: Candidate): boolean {
  return words.every((word) => isCapitalised(word) || hasNoCase(word.text));
}
