/** Chooses the dataset directory of each of a package's subjects. Pure. */
import { matchDataset } from './dataset-match.ts';
import { isFolderName } from './path-component.ts';

export interface SubjectToLink {
  readonly id: string;
  readonly name: string;
  /** Set by a person or an earlier pass. */
  readonly datasetDirectory: string | null;
}

export type DirectoryChoice =
  /** `isNew`: the subject's row has no directory yet. */
  | { readonly directory: string; readonly isNew: boolean; readonly problem: null }
  /** Nothing is linked; the directory is the best guess. */
  | { readonly directory: string; readonly isNew: false; readonly problem: string };

const NAMED = 3;

/**
 * @param directories names below the datasets root.
 * @param makesDirectories whether a subject without a directory gets a new one; otherwise a person has to choose.
 * @returns by the subject's id.
 */
export function chooseDirectories(
  subjects: readonly SubjectToLink[],
  directories: readonly string[],
  makesDirectories: boolean,
): Map<string, DirectoryChoice> {
  const known = [...directories];
  const choices = new Map<string, DirectoryChoice>();
  for (const subject of subjects) {
    const choice = choose(subject, known, makesDirectories);
    choices.set(subject.id, choice);
    // Two new subjects with similar spellings get one directory, or a question.
    if (choice.problem === null && !known.includes(choice.directory)) known.push(choice.directory);
  }
  return choices;
}

function choose(subject: SubjectToLink, directories: readonly string[], makesDirectories: boolean): DirectoryChoice {
  const { name, datasetDirectory } = subject;
  if (datasetDirectory !== null) {
    if (isFolderName(datasetDirectory)) return { directory: datasetDirectory, isNew: false, problem: null };
    const problem = `The dataset directory of ${name}, ${JSON.stringify(datasetDirectory)}, is not the name of a folder.`;
    return { directory: '_', isNew: false, problem };
  }
  const match = matchDataset(name, directories);
  if (match.status === 'matched') return { directory: match.directory, isNew: true, problem: null };
  if (match.status === 'new') {
    const { directory } = match;
    if (makesDirectories) return { directory, isNew: true, problem: null };
    const problem = `${name} has no dataset directory: choose one, or ${directory} as a new one.`;
    return { directory, isNew: false, problem };
  }
  const names = match.candidates.slice(0, NAMED).map(({ directory }) => directory);
  const problem = `${name} may be ${names.join(' or ')}: choose the subject’s dataset directory.`;
  return { directory: names[0] ?? '_', isNew: false, problem };
}
