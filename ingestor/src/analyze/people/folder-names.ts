/** Finds the names in folders, where a person's name may have a word that means something else: 'Harold Plate'. */
import { isThing, KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import type { NameTree, TreeFolder } from '../names/name-tree.ts';
import type { NameReading } from '../names/read-name.ts';
import type { Token } from '../names/tokens.ts';
import { STAGE_TITLES } from '../names/words/people-words.ts';
import { isBreak, type Run, runsIn } from './runs.ts';

const NAME = KIND.given | KIND.family;
/** Meanings that a word of a name cannot have, unless it is also known as a name. */
const NO_NAME =
  KIND.graded |
  KIND.proxy |
  KIND.raw |
  KIND.sound |
  KIND.document |
  KIND.camera |
  KIND.angle |
  KIND.crew |
  KIND.day |
  KIND.capture;
const NEVER = KIND.number | KIND.code | KIND.clip | KIND.letter | KIND.camera;

/** A folder's name of two words, without numbers and forms of address. */
type Pair = readonly [first: Token, second: Token];

export function runsInFolders(tree: NameTree): Map<TreeFolder, readonly Run[]> {
  const pairOf = new Map<TreeFolder, Pair>();
  const pairs = new Map<number, Pair[]>();
  for (const folder of tree.folders) {
    const pair = pairIn(folder.reading);
    if (pair === null) continue;
    pairOf.set(folder, pair);
    entryOf(pairs, folder.depth, () => []).push(pair);
  }
  const beginnings = firstWordsBelow(tree, pairOf);
  const onPapers = pairsOnPapers(tree);
  return new Map(
    tree.folders.map((folder) => {
      const runs = runsIn(folder.reading, true);
      const pair = pairOf.get(folder);
      if (pair === undefined) return [folder, runs] as const;
      const beside = pairs.get(folder.depth) ?? [];
      const isPaper = onPapers.has(keyOf(pair));
      const isSaid = isPaper || (begin(beginnings.get(folder), pair) && beside.some((one) => isKnownName(one, pair)));
      const isArtist = isStageName(pair, runs[0], beside, onPapers);
      const whole = isArtist ? asName(pair) : asFullName(pair, runs, beginnings.get(folder), beside, isSaid);
      return [folder, whole === null ? runs : [whole]] as const;
    }),
  );
}

/** Returns words side by side on papers and sound of one person: 'release - Summer Audio', 'LilHarbor_vox'. */
function pairsOnPapers({ groups }: NameTree): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { reading, hasPictures } of groups) {
    if ((reading.kinds & KIND.about) === 0 || hasPictures) continue;
    for (const [index, second] of reading.tokens.entries()) {
      const first = reading.tokens[index - 1];
      if (first !== undefined && !isBreak(reading, first, second)) found.add(keyOf([first, second]));
    }
  }
  return found;
}

function keyOf([first, second]: Pair): string {
  return `${first.key} ${second.key}`;
}

/** Whether names of files begin with the initials of a name: 'fl_a_01' in 'feodora_linz'. */
function begin(words: ReadonlySet<string> | undefined, [first, second]: Pair): boolean {
  return words?.has(`${first.key[0]}${second.key[0]}`) === true;
}

/** Returns the first words of the files' names below each of the folders. */
function firstWordsBelow(
  { groups }: NameTree,
  folders: ReadonlyMap<TreeFolder, Pair>,
): ReadonlyMap<TreeFolder, ReadonlySet<string>> {
  const words = new Map<TreeFolder, Set<string>>();
  for (const { folder, reading } of groups) {
    const [first] = reading.tokens;
    for (let at: TreeFolder | null = folder; at !== null && first !== undefined; at = at.parent) {
      if (folders.has(at)) entryOf(words, at, () => new Set<string>()).add(first.key);
    }
  }
  return words;
}

function pairIn(reading: NameReading): Pair | null {
  const { tokens } = reading;
  const beside = KIND.number | KIND.title | KIND.honorific | KIND.code;
  // 'S1_Jane Doe'.
  const isNumbered = ((tokens[0]?.kinds ?? 0) & KIND.letter) !== 0 && ((tokens[1]?.kinds ?? 0) & KIND.number) !== 0;
  const words = tokens.slice(isNumbered ? 2 : 0).filter(({ kinds }) => (kinds & beside) === 0 || (kinds & NAME) !== 0);
  const [first, second] = words;
  if (first === undefined || second === undefined || words.length > 2 || isBreak(reading, first, second)) return null;
  return [first, second];
}

/**
 * Reads two words as one name when one is known as a name, and the other is too, begins files in the folder, or stands
 * where other folders have names of two words; or when a person's papers or the initials of files say so.
 *
 * @param isSaid papers of a person, or initials of files, have both words.
 */
function asFullName(
  pair: Pair,
  runs: readonly Run[],
  beginnings: ReadonlySet<string> | undefined,
  beside: readonly Pair[],
  isSaid: boolean,
): Run | null {
  const [run] = runs;
  const [name] = run?.tokens ?? [];
  if (run === undefined || name === undefined || runs.length > 1 || run.tokens.length > 1 || !pair.includes(name))
    return null;
  const other = pair[0] === name ? pair[1] : pair[0];
  if (isSaid && name === pair[0] && (other.kinds & NEVER) === 0) return asName(pair, run.beside);
  if (isTellingLetter(pair, name, beside)) return asName(pair, run.beside);
  // 'Delphina Marsh': the family's name is a word too, the given name is in no list.
  const isFamilyWord = name === pair[0] && name.kinds === 0 && (other.kinds & KIND.family) !== 0;
  const isKnown = isFamilyWord || ((name.kinds & NAME) !== 0 && !isThing(name.kinds));
  if (
    !isKnown ||
    ((other.kinds & NEVER) !== 0 && (other.kinds & NAME) === 0) ||
    pair.some(({ text }) => text === text.toLowerCase())
  )
    return null;
  // 'Jane Interview' beside 'Jane Doe' is Jane's interview.
  if (beside.some((one) => one !== pair && !isSame(one, pair) && one.some(({ key }) => key === name.key))) return null;
  const isName = (other.kinds & NAME) !== 0;
  const mayBe = isName || (other.kinds & NO_NAME) === 0;
  if (isFamilyWord && !beside.some((one) => !isSame(one, pair) && isFullName(one))) return null;
  const isRepeated = name === pair[0] && beginnings?.has(other.key) === true;
  const isBeside = mayBe && beside.some((one) => !isSame(one, pair) && isFullName(one));
  if (!isName && !isRepeated && !isBeside) return null;
  return asName(pair, run.beside);
}

function asName(pair: Pair, beside: Run['beside'] = null): Run {
  return { tokens: pair, beside, isAlone: true, isWhole: true };
}

const stageTitles = new Set(STAGE_TITLES.split(/\s+/));

/** 'The Baroness' beside 'Jane Doe': a word in no list after one that begins the names of artists. */
function isStageName(
  pair: Pair,
  run: Run | undefined,
  beside: readonly Pair[],
  onPapers: ReadonlySet<string>,
): boolean {
  const [title, name] = pair;
  const others = run?.tokens.filter((token) => token !== name && token !== title);
  const isUnknown = name.kinds === 0 && others?.length === 0 && run?.tokens.includes(name) === true;
  const isWithPlace = onPapers.has(keyOf(pair)) && (name.kinds & NEVER) === 0;
  const isWritten = pair.every(({ text }) => text !== text.toLowerCase());
  const isBeside = beside.some((one) => !isSame(one, pair) && (isFullName(one) || onPapers.has(keyOf(one))));
  return isWritten && stageTitles.has(title.key) && (isWithPlace || (isUnknown && isBeside));
}

/** Letters by which cameras are told apart: A to D, left and right. */
export const CAMERA_LETTERS = 'abcdlr';

/** 'JANE K' is a name with the family's initial, 'JANE A' rather her camera, unless 'JANE M' is beside it. */
function isTellingLetter([first, second]: Pair, name: Token, beside: readonly Pair[]): boolean {
  const letters = beside
    .filter(([one]) => one.key === first.key)
    .map(([, { kinds, key }]) => ((kinds & KIND.letter) === 0 ? '' : key));
  const isLetter = name === first && (second.kinds & KIND.letter) !== 0;
  return isLetter && letters.some((letter) => !CAMERA_LETTERS.includes(letter));
}

/** Whether another folder's name has two words that are known as names. */
function isKnownName(one: Pair, pair: Pair): boolean {
  return !isSame(one, pair) && one.every(({ kinds }) => (kinds & NAME) !== 0 && !isThing(kinds));
}

function isFullName(pair: Pair): boolean {
  return pair.every(({ kinds, text }) => (!isThing(kinds) || (kinds & NAME) !== 0) && text !== text.toLowerCase());
}

function isSame(a: Pair, b: Pair): boolean {
  return a[0].key === b[0].key && a[1].key === b[1].key;
}
