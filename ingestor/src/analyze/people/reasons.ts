/**
 * Decides which names are people's. A person needs two independent reasons, or one strong one, and at least one of
 * them must be about the name itself: folders and files stand in patterns for many causes.
 */
import { KIND } from '../names/dictionary.ts';
import type { NameTree } from '../names/name-tree.ts';
import { once } from '../names/remembered.ts';
import type { Token } from '../names/tokens.ts';
import { NAMES_THAT_ARE_PLACES } from '../names/words/people-words.ts';
import { aboutName, isShortCode } from './about-name.ts';
import { aboutPlaces } from './about-places.ts';
import { type Candidate, type Candidates, textOf } from './candidates.ts';
import { add, ENOUGH, type Found, type Reasons } from './found-reasons.ts';
import { shortForms, spelled } from './name-forms.ts';
import { isOfOthers, namesOfOthers } from './names-of-others.ts';
import { besidePeople, namesInSlots, peopleByDepth } from './people-beside.ts';
import { soundsLikeName } from './runs.ts';
import { siblingsOf } from './siblings.ts';
import { isWordOfName, isWritten, isWrittenAsName, isWrittenLike } from './written-as-name.ts';

/**
 * Returns the candidates that are people, with the reasons.
 *
 * @param subjects keys of people who are known before, and why.
 */
export function people(
  candidates: Candidates,
  subjects: ReadonlyMap<string, string>,
  tree: NameTree,
): Map<Candidate, Reasons> {
  const isOther = namesOfOthers([...candidates.byKey.values()], tree);
  const found = new Map<Candidate, Found>();
  for (const candidate of candidates.byKey.values()) {
    if (isOther(candidate) && !subjects.has(candidate.key)) continue;
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
  const hasSibling = siblingsOf(found);
  const people = new Map<Candidate, Reasons>();
  const recorded = new Set(
    [...found.keys()].flatMap((one) => (isOnPapersOnly(one) ? [] : one.words.map(({ key }) => key))),
  );
  const shortInFiles = once(() => shortWords(tree));
  for (const [candidate, reasons] of found) {
    // 'Camera report Huber' names who wrote it.
    const isRecorded = ({ key }: Token) => recorded.has(key);
    // 'svance_take1.wav' beside 'Jane Vance - notes.pdf' has her short name.
    const isInShort = () =>
      candidate.words.length > 1 && shortForms(spelled(candidate)).some((form) => shortInFiles().has(form));
    const isOnList = isOnPapersOnly(candidate) && isOnListOfPeople(candidate) && candidate.words.some(isRecorded);
    if (isOnPapersOnly(candidate) && !isOnList && !candidate.words.every(isRecorded) && !isInShort()) continue;
    if (isOnList) add(reasons, ENOUGH, 'a list of people has it', candidate.words.every(isWordOfName));
    const beside = besidePeople(candidate, levels);
    if (beside !== null) add(reasons, 1, `it stands beside ${textOf(beside)}`, false);
    // A word in no list, among people and written as they are: 'Quillon' beside 'Jane' and 'John'.
    if (beside !== null && !reasons.isName && candidate.holdsRecordings && isWrittenLike(candidate, beside)) {
      const share = levels.share(candidate);
      if (share >= 0.5 && (levels.isLikeThem(candidate) || candidate.words.some(soundsLikeName)))
        add(reasons, 1, 'it is written like their names', true);
    }
    if (!reasons.isName && hasSibling(candidate)) add(reasons, ENOUGH, 'a person of that family is beside it', true);
    const inSlot = beside === null && !reasons.isName && isWrittenAsName(candidate) ? shareInSlots(candidate) : 0;
    if (inSlot >= 0.5) add(reasons, 1, 'other files have people’s names in its place', true);
    if (reasons.isName && reasons.weight >= (isFamilyAlone(candidate, tree) ? ENOUGH + 1 : ENOUGH))
      people.set(candidate, reasons);
  }
  return people;
}

const places = new Set(NAMES_THAT_ARE_PLACES.split(/\s+/));

/**
 * Returns the reasons for a name that stands alone, such as the delivery's own; null when they do not suffice.
 *
 * @param name all of the text that the name stands in.
 */
export function reasonsAlone(candidate: Candidate, subjects: ReadonlyMap<string, string>, name = ''): Reasons | null {
  if (isOfOthers(candidate)) return null;
  const reasons = aboutName(candidate, subjects);
  // 'AUDI_Geneva_Booth': a family's name alone is not enough.
  if (candidate.words.length > 2 && !candidate.words.some(({ kinds }) => (kinds & KIND.given) !== 0)) return null;
  const [only, more] = candidate.words;
  const isAddressed = candidate.runs.some(({ beside }) => beside === 'person' || beside === 'about');
  // 'VO_booth_takes', 'Choir_StMary', 'Florence_day2': many families and given names are also those of things and places.
  const isGiven = only !== undefined && (only.kinds & KIND.given) !== 0 && !places.has(only.key);
  if (more === undefined && !isGiven && !isAddressed && !standsOut(candidate, name) && !subjects.has(candidate.key))
    return null;
  // 'Charlotte_NC_speedway': other words than the name are unknown.
  if (candidate.words.some(isShortCode)) return null;
  const isFull = [KIND.given, KIND.family].every((kind) => candidate.words.some(({ kinds }) => (kinds & kind) !== 0));
  if (!isFull && !isAddressed && !candidate.runs.some(({ isAlone }) => isAlone)) return null;
  if (reasons.isName && isWritten(candidate) && candidate.runs.some(({ isAlone }) => isAlone)) {
    add(reasons, 1, 'the other words are known', false);
  }
  return reasons.isName && reasons.weight >= ENOUGH ? reasons : null;
}

const MIN_SHORT = 4;

/** Returns words in no list that begin the names of recordings: short names such as 'jdoe' may be among them. */
function shortWords({ groups }: NameTree): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { reading, hasPictures, hasSound } of groups) {
    const [first] = reading.tokens;
    if ((hasPictures || hasSound) && first?.kinds === 0 && first.key.length >= MIN_SHORT) words.add(first.key);
  }
  return words;
}

/** 'Stern' is a family and a part of a ship: one in mixed case needs a reason more, unless the delivery is named for its folder. */
function isFamilyAlone({ words, wholeFolders }: Candidate, { root }: NameTree): boolean {
  const [word, more] = words;
  if (word?.kinds !== KIND.family || more !== undefined || word.text === word.text.toUpperCase()) return false;
  return wholeFolders.length === 0 || !root.reading.tokens.some(({ key }) => key === word.key);
}

const MIN_CAPITALS = 4;

/** 'ORTEGA' of 'C500_dump_ORTEGA_session2'. */
function standsOut({ words }: Candidate, name: string): boolean {
  return (
    name !== name.toUpperCase() && words.every(({ text }) => text.length >= MIN_CAPITALS && /^\p{Lu}+$/u.test(text))
  );
}

/** Whether a name is on papers only, and they are no person's own: no release, no measurements. */
function isOnPapersOnly({ folders, groups, runs }: Candidate): boolean {
  if (folders.length > 0 || groups.some(({ hasPictures, hasSound }) => hasPictures || hasSound)) return false;
  return groups.length > 0 && !runs.some(({ beside }) => beside === 'about' || beside === 'person');
}

/** 'Cast mic list - Jane Doe, John Roe'. */
function isOnListOfPeople({ groups }: Candidate): boolean {
  return groups.some(({ reading: { kinds } }) => (kinds & KIND.person) !== 0 && (kinds & KIND.document) !== 0);
}
