/** Finds the reasons that a name itself gives, and the words and folders around it. */
import { eastAsianFamily, endsLikeFamily, isThing, KIND, kindsOf } from '../names/dictionary.ts';
import { fold, hasNoCase } from '../names/fold.ts';
import { foldersUp, type TreeFolder } from '../names/name-tree.ts';
import type { Token } from '../names/tokens.ts';
import { NAMES_THAT_ARE_WORDS, OF_ANIMALS } from '../names/words/people-words.ts';
import { OF_THINGS } from '../names/words/thing-words.ts';
import { wordsIn } from '../names/words/word-list.ts';
import type { Candidate } from './candidates.ts';
import { add, ENOUGH, type Found } from './found-reasons.ts';
import { isInitialAndFamily, isNumbered } from './runs.ts';
import { areInitials, isCapitalised, isWordOfName, isWritten, MIN_LISTED } from './written-as-name.ts';

/** @param subjects keys of people who are known before, and why. */
export function aboutName(candidate: Candidate, subjects: ReadonlyMap<string, string>): Found {
  const reasons: Found = { weight: 0, isName: false, sentences: [] };
  const { words, runs, key } = candidate;
  const known = subjects.get(key);
  if (known !== undefined) add(reasons, ENOUGH, known, true);
  if (candidate.isPaired) add(reasons, ENOUGH, 'it has its own place in many names, of pictures and of sound', true);
  if (isOfTrack(candidate)) add(reasons, ENOUGH, 'tracks of sound have this name', true);
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
  const given = words.find((word) => isListed(word, KIND.given, words) && !isWordHere(word, words));
  const family = words.findLast(
    (word) => word !== given && isListed(word, KIND.family, words) && !isWordHere(word, words),
  );
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
  if (words.length > 1 && reasons.isName && given !== undefined && family === undefined && !words.some(isShortCode)) {
    add(reasons, 1, 'it is written like a full name', false);
  }
  if (
    words.length > 1 &&
    !reasons.isName &&
    !isAmongThings(candidate) &&
    words.every(isWordOfName) &&
    candidate.wholeFolders.length > 0
  ) {
    add(reasons, 1, 'it is written like a full name', true);
    reasons.isOnlyWritten = true;
  }
  if (words.length > 1 && family === undefined && (words[0]?.kinds ?? 0) & KIND.letter) {
    add(reasons, 1, 'an initial stands before it', true);
  }
  const initial = words.find(isInitialAndFamily);
  if (initial !== undefined && family === undefined) {
    add(reasons, 1, `${initial.text} is an initial and a family name`, true);
  }
  if (isListedLikeNames(candidate)) add(reasons, 1, 'its cameras lie in it, as in the folders beside it', true);
  return reasons;
}

/** Whether folders of several words without capitals, which no list has, lie side by side with cameras in them: 'สมชาย ใจดี/A_CAM'. */
function isListedLikeNames({ words, wholeFolders, holdsCameras }: Candidate): boolean {
  return holdsCameras && wholeFolders.length > 0 && words.length > 1 && words.every(({ text }) => hasNoCase(text));
}

/** Whether a track of sound is named after it: 'TRK3_DORKAS'. */
function isOfTrack({ groups, words }: Candidate): boolean {
  const [word, another] = words;
  if (word === undefined || another !== undefined || word.kinds !== 0 || word.key.length < MIN_LISTED) return false;
  return groups.some(({ reading: { tokens }, hasSound }) => {
    const at = hasSound ? tokens.findIndex(({ key }) => key === word.key) : -1;
    const [track, number] = [tokens[at - 2], tokens[at - 1]];
    return track !== undefined && tracks.has(track.key) && ((number?.kinds ?? 0) & KIND.number) !== 0;
  });
}
const tracks = new Set(['trk', 'track', 'tr', 'ch', 'iso', 'spur', 'piste', 'pista']);

/** Whether the parent of its folders is a list of people: 'Talent', 'Stunt doubles'. */
function isAmongPeople({ wholeFolders }: Candidate): boolean {
  return wholeFolders.some(({ parent }) => {
    if (parent?.parent == null || (parent.reading.kinds & KIND.person) === 0) return false;
    return parent.reading.tokens.every(({ kinds }) => isThing(kinds));
  });
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

const ofThings = new Set([...wordsIn(OF_THINGS), ...OF_ANIMALS.split(/\s+/)].map(fold));

/** Whether a name stands only among places and things: 'Locations/Glen Coe', 'Refs/Wes Anderson palette.png'. */
export function isThingByFolder({ folders, groups }: Candidate): boolean {
  const isOfThings = ({ reading }: TreeFolder) => reading.tokens.some(({ key }) => ofThings.has(key));
  return (
    folders.length + groups.length > 0 &&
    folders.every(({ parent }) => parent?.parent != null && isOfThings(parent)) &&
    groups.every(({ folder }) => foldersUp(folder).some(isOfThings))
  );
}

const nameWords = new Set(NAMES_THAT_ARE_WORDS.split(/\s+/));

/** 'chase' of 'Vespa_chase': a word that is a name too, in small letters beside capitals. */
function isWordHere({ key, text }: Token, words: readonly Token[]): boolean {
  return (
    nameWords.has(key) && text === text.toLowerCase() && words.some((word) => word.text !== word.text.toLowerCase())
  );
}

function isListed(word: Token, kind: number, words: readonly Token[]): boolean {
  if (kind === KIND.family && eastAsianFamily(word.text) !== null && word.text.length > 1) return true;
  if ((word.kinds & kind) === 0 || (words.length === 1 && isThing(word.kinds))) return false;
  return word.key.length >= MIN_LISTED || hasNoCase(word.text) || words.length > 1;
}

const MAX_CODE = 4;

/** 'HMS' of 'HMS Victoria', 'NC' of 'Charlotte NC': the family's name is longer, or all is in capitals. */
export function isShortCode({ kinds, text }: Token, index: number, words: readonly Token[]): boolean {
  const isMixed = words.some((word) => word.text !== word.text.toUpperCase());
  return isMixed && kinds === 0 && text.length <= (index === 0 ? MAX_CODE : MIN_LISTED) && /^\p{Lu}{2,}$/u.test(text);
}

function looksLikeFamilyName(word: Token): boolean {
  return word.kinds === 0 && isCapitalised(word) && endsLikeFamily(word.key);
}
