/**
 * Groups the files of a package that a model is asked about. Up to 2,000 files are separate questions. In a larger
 * package, files of one folder whose names differ only in a counter share one question and its answer.
 */
import type { ListedAsset } from '../rules/listing.ts';
import type { AskedFile } from './batch-request.ts';

export interface FileGroup {
  /** The first file, which represents the group. */
  readonly asked: AskedFile;
  /** Indexes in the listing. */
  readonly members: readonly number[];
}

/** A larger number of files is grouped. */
const MAX_SINGLE_FILES = 2000;

/** @param indexes of the assets to group. @param maxSingle a larger number of files is grouped. */
export function groupFiles(
  assets: readonly ListedAsset[],
  indexes: readonly number[],
  maxSingle = MAX_SINGLE_FILES,
): FileGroup[] {
  const members = new Map<string, number[]>();
  for (const index of indexes) {
    const path = assets[index]?.relativePath ?? '';
    const key = indexes.length > maxSingle ? patternOf(path) : path;
    const group = members.get(key);
    if (group) group.push(index);
    else members.set(key, [index]);
  }
  return [...members.values()].flatMap((group) => {
    const first = assets[group[0] ?? -1];
    if (first === undefined) return [];
    const { relativePath: path, fileType } = first;
    const size = group.reduce((sum, index) => sum + (assets[index]?.size ?? 0), 0);
    const files = group.reduce((sum, index) => sum + (assets[index]?.sequence?.count ?? 1), 0);
    return [{ asked: { path, fileType, size, files }, members: group }];
  });
}

/** Replaces numbers of three or more digits in the name, not the folder, with #: people rarely have such numbers. */
export function patternOf(path: string): string {
  const name = path.lastIndexOf('/') + 1;
  return path.slice(0, name) + path.slice(name).replaceAll(/\d{3,}/g, '#');
}

/** Whether an answer depends on the counter in which the group's names differ, and so does not hold for all of them. */
export function restsOnCounter(path: string, subject: string): boolean {
  const name = path.lastIndexOf('/') + 1;
  const folders = path.slice(0, name);
  const counters = path.slice(name).match(/\d{3,}/g) ?? [];
  return counters.some((counter) => subject.includes(counter) && !folders.includes(counter));
}
