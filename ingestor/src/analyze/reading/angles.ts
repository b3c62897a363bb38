/**
 * Reads the views of one take as cameras where no name has a word for cameras: `Wide` and `Tight` of one interview are
 * its cameras a and b, `T1_A` and `T1_B` the cameras a and b of take 1, `AU01_C1` and `AU01_C2` the cameras 1 and 2.
 */
import { angleRank, KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import type { FileGroup, NameTree } from '../names/name-tree.ts';
import { foldersUp } from '../names/name-tree.ts';
import type { NameReading } from '../names/read-name.ts';
import type { Token } from '../names/tokens.ts';

interface View {
  /** How views are told apart; all of one take are told apart in one way. */
  readonly by: 'angle' | 'letter' | 'number';
  readonly camera: string;
  /** The word of an angle; '' for letters and numbers. */
  readonly word: string;
  /** The names of the file and its folders without the view. */
  readonly take: string;
}

/** Returns the cameras of groups that have a view, when takes have several. */
export function camerasByView(tree: NameTree): Map<FileGroup, string> {
  const views = new Map<FileGroup, View[]>();
  const takes = new Map<string, { cameras: Set<string>; words: Set<string> }>();
  for (const group of tree.groups) {
    if (!group.hasPictures) continue;
    const found = viewsOf(group);
    if (found.length > 0) views.set(group, found);
    for (const { by, camera, take, word } of found) {
      const { cameras, words } = entryOf(takes, `${by} ${take}`, () => ({ cameras: new Set(), words: new Set() }));
      cameras.add(camera);
      words.add(word);
    }
  }
  // A take with several views tells which words name views: 'nets_close' beside wide and tight takes does not.
  const several = new Set(
    [...takes].flatMap(([key, { cameras, words }]) =>
      cameras.size > 1 ? [...words].map((word) => `${key.slice(0, key.indexOf(' '))} ${word}`) : [],
    ),
  );
  const used = new Map<FileGroup, View>();
  for (const [group, found] of views) {
    const view = found.find(({ by, word }) => several.has(`${by} ${word}`));
    if (view !== undefined) used.set(group, view);
  }
  const ranks = [
    ...new Set([...used.values()].flatMap(({ by, camera }) => (by === 'angle' ? [camera] : []))),
  ].toSorted();
  return new Map(
    [...used].map(([group, { by, camera }]) => [
      group,
      `cam_${by === 'angle' ? String.fromCharCode('a'.charCodeAt(0) + ranks.indexOf(camera)) : camera}`,
    ]),
  );
}

/** Meanings of words that may tell views apart. */
const OF_VIEWS = KIND.angle | KIND.letter | KIND.witness;
const LETTERS = 'abcdef';
/** Letters that stand for a camera before its number. */
const NUMBERED = 'ck';

function viewsOf(group: FileGroup): View[] {
  const views: View[] = [];
  const names = [group.reading, ...foldersUp(group.folder).map(({ reading }) => reading)];
  if (!names.some(({ kinds }) => (kinds & OF_VIEWS) !== 0)) return views;
  for (const [at, reading] of names.entries()) {
    const { tokens, name, kinds: all } = reading;
    if ((all & OF_VIEWS) === 0) continue;
    const takeWithout = (start: number, end: number) =>
      names.map((one, index) => (index === at ? `${name.slice(0, start)}*${name.slice(end)}` : one.name)).join('/');
    const angles = tokens.filter(({ kinds }) => (kinds & KIND.angle) !== 0);
    const [angle] = angles;
    const rank = angle === undefined ? null : angleRank(angle.key);
    if (angle !== undefined && rank !== null && angles.length === 1) {
      views.push({ by: 'angle', camera: String(rank), word: angle.key, take: takeWithout(angle.start, angle.end) });
    }
    const [word, number, more] = tokens;
    // 'witness_01' as a folder.
    if (at > 0 && word !== undefined && number !== undefined && more === undefined && isNumberedWitness(word, number)) {
      const view = { by: 'number', camera: withoutZeros(number), word: '' } as const;
      views.push({ ...view, take: takeWithout(word.start, number.end) });
      views.push({ ...view, take: withoutNumber(names, at, number) });
    }
    for (const [index, { key, kinds, start, end }] of tokens.entries()) {
      // 'a.mov' and 'b.mov' are two files, not two views of one take.
      if ((kinds & KIND.letter) === 0 || (at === 0 && tokens.length === 1)) continue;
      const next = tokens[index + 1];
      const isNumber = next !== undefined && (next.kinds & KIND.number) !== 0;
      // 'C-01' as a folder, 'C01' everywhere.
      const isNumbered = isNumber && (next.start === end || (at > 0 && tokens.length === 2));
      if (isNumbered && NUMBERED.includes(key) && next.text.length <= 2 && isApart(name, start, next.end)) {
        views.push({
          by: 'number',
          camera: withoutZeros(next),
          word: '',
          take: takeWithout(start, next.end),
        });
      } else if (!isNumbered && LETTERS.includes(key) && isApart(name, start, end) && !isCounted(reading, index)) {
        views.push({ by: 'letter', camera: key, word: '', take: withoutLetter(names, key) });
      }
    }
  }
  return views;
}

function isNumberedWitness(word: Token, number: Token): boolean {
  return (word.kinds & KIND.witness) !== 0 && (number.kinds & KIND.number) !== 0;
}

/** '01' -> '1'. */
export function withoutZeros({ key }: Token): string {
  return key.replace(/^0+(?=\d)/, '');
}

/** Removes a numbered folder's name, and its number from the end of the file's: 'RefCam_02' may hold 'T005_ref02'. */
function withoutNumber(names: readonly NameReading[], at: number, number: Token): string {
  return names
    .map(({ name, tokens }, index) => {
      const last = tokens.at(-1);
      if (index === at) return '*';
      return index > 0 || last?.key !== number.key ? name : name.slice(0, last.start);
    })
    .join('/');
}

/** Removes a letter from all names: the folder 'b' may hold 'jd_b_001'. */
function withoutLetter(names: readonly NameReading[], letter: string): string {
  return names
    .map(({ name, tokens }) => {
      const found = tokens.findLast(({ key, start, end }) => key === letter && isApart(name, start, end));
      return found === undefined ? name : `${name.slice(0, found.start)}*${name.slice(found.end)}`;
    })
    .join('/');
}

/** Words that a camera's letter may follow at once: 'refA', 'angleB'. */
const VIEW_WORD = /(?:ref|angle|ang|view|pos)$/i;

/** Whether a part of a name stands between separators. */
function isApart(name: string, start: number, end: number): boolean {
  const isWord = (text: string | undefined) => text !== undefined && /[\p{L}\p{N}]/u.test(text);
  return (!isWord(name[start - 1]) || VIEW_WORD.test(name.slice(0, start))) && !isWord(name[end]);
}

/** 'Unit B', 'Stage A', 'Card A': the letter belongs to the word before it. */
function isCounted({ tokens }: NameReading, index: number): boolean {
  const before = tokens[index - 1];
  return before !== undefined && before.text.length > 1 && (before.kinds & (KIND.counted | KIND.day | KIND.card)) !== 0;
}
