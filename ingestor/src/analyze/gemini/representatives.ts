/**
 * Which files of a package a model is asked about. Up to 2,000: all. Of more, files of one folder whose names
 * differ in a counter only are one question, and its answer is all of theirs.
 */
import type { ListedAsset } from '../listing.ts';
import type { AskedFile } from './batch-request.ts';

export interface FileGroup {
  /** The first of its files speaks for all. */
  readonly asked: AskedFile;
  /** Indexes in the listing. */
  readonly members: readonly number[];
}

/** More are grouped. */
const MAX_SINGLE_FILES = 2000;

/** @param indexes which of the assets. @param maxSingle more than these are grouped. */
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

/** The folder as it is, and the name with a # for each number of three digits or more: people are not counted so far. */
export function patternOf(path: string): string {
  const name = path.lastIndexOf('/') + 1;
  return path.slice(0, name) + path.slice(name).replaceAll(/\d{3,}/g, '#');
}

/** Whether an answer rests on the very number by which the group's names differ: then it is not all of theirs. */
export function restsOnCounter(path: string, subject: string): boolean {
  const name = path.lastIndexOf('/') + 1;
  const folders = path.slice(0, name);
  const counters = path.slice(name).match(/\d{3,}/g) ?? [];
  return counters.some((counter) => subject.includes(counter) && !folders.includes(counter));
}
