/** Finds a subject's dataset directory by comparing names. Pure. */
import { newDirectoryName } from './path-component.ts';
import { mostSimilarity, similarity } from './similarity.ts';

interface DatasetCandidate {
  readonly directory: string;
  /** 0 to 1. */
  readonly score: number;
}

export type DatasetMatch =
  /** This directory is certain. */
  | { readonly status: 'matched'; readonly directory: string; readonly candidates: readonly DatasetCandidate[] }
  /** A person has to choose one, if any. */
  | { readonly status: 'review'; readonly directory: null; readonly candidates: readonly DatasetCandidate[] }
  /** No directory matches; this is the name for a new one. */
  | { readonly status: 'new'; readonly directory: string; readonly candidates: readonly [] };

const MATCHED = 0.9;
const REVIEWED = 0.75;
const PREFIX = 0.9;
const SUBSTRING = 0.8;
const SHOWN = 10;

/**
 * Compares in lower case, with `_` and `-` as spaces: equal 1.0; one a prefix of the other 0.9; one contained in the
 * other 0.8; otherwise their similarity. A directory matches from 0.9, unless another scores the same or their numbers
 * differ (`subject_01` is very similar to `subject_02`, but is another person).
 *
 * @param directories names below the datasets root.
 * @returns the ten best candidates with at least 0.75, best first.
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
  // An empty text is a prefix of everything.
  if (a === '' || b === '') return 0;
  if (a === b) return 1;
  if (a.startsWith(b) || b.startsWith(a)) return PREFIX;
  if (a.includes(b) || b.includes(a)) return SUBSTRING;
  return mostSimilarity(a, b) >= REVIEWED ? similarity(a, b) : 0;
}

function comparable(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/[_-]/g, ' ').trim();
}

/** Whether both have numbers that differ: 1 and 01 are equal, 1 and 10 are not. */
function numbersDiffer(subject: string, directory: string): boolean {
  const [a, b] = [subject, directory].map((name) =>
    (name.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+/, '')),
  );
  return a !== undefined && b !== undefined && a.length > 0 && b.length > 0 && a.join() !== b.join();
}
