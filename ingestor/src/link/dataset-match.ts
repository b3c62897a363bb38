/** Which dataset directory is a subject's, by their names. Pure. */
import { newDirectoryName } from './path-component.ts';
import { mostSimilarity, similarity } from './similarity.ts';

interface DatasetCandidate {
  readonly directory: string;
  /** 0 to 1. */
  readonly score: number;
}

export type DatasetMatch =
  /** That is it. */
  | { readonly status: 'matched'; readonly directory: string; readonly candidates: readonly DatasetCandidate[] }
  /** A person has to say which, if any. */
  | { readonly status: 'review'; readonly directory: null; readonly candidates: readonly DatasetCandidate[] }
  /** None is; the directory is what a new one would be called. */
  | { readonly status: 'new'; readonly directory: string; readonly candidates: readonly [] };

const MATCHED = 0.9;
const REVIEWED = 0.75;
const PREFIX = 0.9;
const SUBSTRING = 0.8;
const SHOWN = 10;

/**
 * Compares in lower case, `_` and `-` as spaces: equal 1.0; one the beginning of the other 0.9; one within the other
 * 0.8; else how alike they are. From 0.9 on a directory is matched, unless others are as good or a number in it is
 * another (`subject_01` is nearly `subject_02`, and somebody else).
 *
 * @param directories names below the datasets folder.
 * @returns candidates from 0.75 on, the best ten, best first.
 */
export function matchDataset(subject: string, directories: readonly string[]): DatasetMatch {
  const scored = directories
    .map((directory) => ({ directory, score: scoreOf(subject, directory) }))
    .filter(({ score }) => score >= REVIEWED)
    .sort((a, b) => b.score - a.score || (a.directory < b.directory ? -1 : 1));
  const [best] = scored;
  if (best === undefined) return { status: 'new', directory: newDirectoryName(subject), candidates: [] };
  const candidates = scored.slice(0, SHOWN);
  const tied = scored.filter(({ score }) => score === best.score);
  const named = tied.find(({ directory }) => directory === subject) ?? (tied.length === 1 ? best : undefined);
  if (named === undefined || named.score < MATCHED || numbersDiffer(subject, named.directory)) {
    return { status: 'review', directory: null, candidates };
  }
  return { status: 'matched', directory: named.directory, candidates };
}

function scoreOf(subject: string, directory: string): number {
  const [a, b] = [comparable(subject), comparable(directory)];
  // Nothing is the beginning of everything.
  if (a === '' || b === '') return 0;
  if (a === b) return 1;
  if (a.startsWith(b) || b.startsWith(a)) return PREFIX;
  if (a.includes(b) || b.includes(a)) return SUBSTRING;
  return mostSimilarity(a, b) >= REVIEWED ? similarity(a, b) : 0;
}

function comparable(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/[_-]/g, ' ').trim();
}

/** Whether both have numbers, and not the same: 1 and 01 are, 1 and 10 are not. */
function numbersDiffer(subject: string, directory: string): boolean {
  const [a, b] = [subject, directory].map((name) =>
    (name.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+/, '')),
  );
  return a !== undefined && b !== undefined && a.length > 0 && b.length > 0 && a.join() !== b.join();
}
