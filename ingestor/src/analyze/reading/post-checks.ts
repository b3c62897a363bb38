/** Checks a finished layout to which a model or people contributed, and corrects typical mistakes. */
import { isGenericName, stemOf } from '../names/read-name.ts';
import { remembered } from '../names/remembered.ts';
import { spellingKey } from '../names/spelling-key.ts';
import { mostReadable } from '../people/most-readable.ts';
import { folderOf } from '../rules/folder-pattern.ts';
import { type LayoutFile, type Placement, SHARED_SUBJECT } from '../rules/layout.ts';
import { subjectCounts } from '../rules/primary-subject.ts';
import { recordingOfName } from './recordings.ts';

export interface Checked {
  /** In the files' order. */
  readonly placements: readonly Placement[];
  readonly evidence: readonly string[];
}

const MAX_SHARE_OF_ONE = 0.8;
const MIN_FOLDER_FILES = 2;

export interface CheckOptions {
  /** Whether a person set the subject of the file with that index; such a subject stays. */
  readonly isFixed?: (index: number) => boolean;
  /** Whether a model changed the subject of the file with that index; the rules have read all names together already. */
  readonly isChanged: (index: number) => boolean;
}

export function postCheck(
  files: readonly LayoutFile[],
  placements: readonly Placement[],
  { isFixed = () => false, isChanged }: CheckOptions,
): Checked {
  const spelled = oneSpelling(placements, isFixed);
  const byFolder = goByFolder(files, spelled, (index) => isChanged(index) && !isFixed(index));
  const adopted = adoptByRecording(files, byFolder.placements, isFixed, (index) => isFixed(index) || isChanged(index));
  return { placements: adopted.placements, evidence: [...byFolder.evidence, ...adopted.evidence] };
}

/** Unifies spellings: 'Jane Doe' and 'JANE_DOE' are one person, and the most readable spelling wins. */
function oneSpelling(placements: readonly Placement[], isFixed: (index: number) => boolean): readonly Placement[] {
  const spellings = new Map<string, Map<string, number>>();
  const fixed = new Map<string, string>();
  const keyOf = remembered(spellingKey);
  for (const [index, { subject }] of placements.entries()) {
    const key = keyOf(subject);
    const counts = spellings.get(key) ?? new Map<string, number>();
    counts.set(subject, (counts.get(subject) ?? 0) + 1);
    spellings.set(key, counts);
    // A person's spelling outweighs all others.
    if (isFixed(index)) fixed.set(key, subject);
  }
  if ([...spellings.values()].every(({ size }) => size === 1)) return placements;
  const best = new Map([...spellings].map(([key, counts]) => [key, fixed.get(key) ?? mostReadable([...counts])]));
  return placements.map((placement, index) => {
    const subject = best.get(keyOf(placement.subject)) ?? placement.subject;
    return subject === placement.subject || isFixed(index) ? placement : { ...placement, subject };
  });
}

/**
 * Makes each named folder a subject when nearly all files have one subject although several folders are named.
 * Files outside these folders keep their subject.
 *
 * @param mayMove which files may get another subject.
 */
function goByFolder(
  files: readonly LayoutFile[],
  placements: readonly Placement[],
  mayMove: (index: number) => boolean,
): Checked {
  const [[most, count] = [SHARED_SUBJECT, 0]] = subjectCounts(placements);
  if (count <= files.length * MAX_SHARE_OF_ONE) return { placements, evidence: [] };

  const namedIn = remembered((folder: string) => folder.split('/').filter((name) => !isGenericName(name)));
  const named = files.map(({ relativePath }) => namedIn(folderOf(relativePath)));
  const level = commonFolders(named.filter((folders) => folders.length > 0));
  // All files lie in the folder of that very person, who owns everything below it.
  const [above = []] = named.filter((folders) => folders.length > 0);
  if (above.slice(0, level).some((name) => spellingKey(name) === spellingKey(most)))
    return { placements, evidence: [] };

  const deciding = named.map((folders) => folders[level] ?? null);
  const keyOf = remembered(spellingKey);
  const filesIn = new Map<string, number>();
  for (const name of deciding) {
    if (name !== null) filesIn.set(keyOf(name), (filesIn.get(keyOf(name)) ?? 0) + 1);
  }
  const large = new Set([...filesIn].filter(([, count]) => count >= MIN_FOLDER_FILES).map(([key]) => key));
  if (large.size < 2) return { placements, evidence: [] };
  const moved = placements.map((placement, index) => {
    const folder = deciding[index];
    return folder === null || folder === undefined || !mayMove(index) || !large.has(keyOf(folder))
      ? placement
      : { ...placement, subject: folder, because: `${folder}, from the folder's name.` };
  });
  if (moved.every(({ subject }, index) => subject === placements[index]?.subject)) return { placements, evidence: [] };
  return {
    placements: moved,
    evidence: [
      `Nearly all files had the subject ${most}, although ${large.size} folders have names of their own: each folder is a subject.`,
    ],
  };
}

/** Gives a shared file the person whose recording it is another version of. @param tells which files count as such. */
function adoptByRecording(
  files: readonly LayoutFile[],
  placements: readonly Placement[],
  isFixed: (index: number) => boolean,
  tells: (index: number) => boolean,
): Checked {
  const people = new Map<string, string | null>();
  if (placements.every(({ subject }) => subject !== SHARED_SUBJECT)) return { placements, evidence: [] };
  for (const [index, { subject }] of placements.entries()) {
    const recording = recordingOfFile(files[index]);
    if (recording === null || subject === SHARED_SUBJECT || !tells(index)) continue;
    const known = people.get(recording);
    // A recording of two people identifies neither.
    people.set(recording, known === undefined || known === subject ? subject : null);
  }
  const evidence: string[] = [];
  const adopted = placements.map((placement, index) => {
    if (placement.subject !== SHARED_SUBJECT || isFixed(index)) return placement;
    const recording = recordingOfFile(files[index]);
    const subject = recording === null ? null : (people.get(recording) ?? null);
    if (subject === null) return placement;
    evidence.push(`Subject ${subject} for ${files[index]?.relativePath}, from another version of the same recording.`);
    return { ...placement, subject, because: `${subject}, from another version of the same recording.` };
  });
  return { placements: adopted, evidence: evidence.slice(0, 10) };
}

function recordingOfFile(file: LayoutFile | undefined): string | null {
  // README and LICENSE are not versions of a recording.
  if (file === undefined || file.fileType === 'other') return null;
  return recordingOfName(stemOf(file.relativePath.split('/').at(-1) ?? '')) || null;
}

/** Counts the leading folders that all paths share. */
function commonFolders(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths;
  let level = 0;
  while (level < first.length && paths.every((path) => path[level] === first[level])) level++;
  return level;
}
