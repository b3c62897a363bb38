/** Sizes, times and places of a folder's files, as numbers that cost little to pass on. Blocks: for the threads of a walk. */
import { type BigIntStats, statSync } from 'node:fs';
import { clampNs, type ScannedFile } from './file-identity.ts';
import { fileProblem, isGone } from './file-problem.ts';
import { diskPath } from './path-text.ts';
import { joinPath } from './read-folder.ts';

export interface StatedFiles {
  /** Of the files that are there, joined by '/', which no name has. */
  readonly names: string;
  /** Of each file its size, modified nanoseconds, device and inode. */
  readonly numbers: BigInt64Array<ArrayBuffer>;
  /** Milliseconds since 1970. */
  readonly modified: Float64Array<ArrayBuffer>;
  readonly unreadable: [name: string, problem: string][];
  /** How many of the given names were looked at before the time was up. */
  readonly done: number;
}

const NUMBERS = 4;
/** The beginning of year 1 and the end of 9999: what both Date and Postgres write alike. */
const MIN_MS = -62_135_596_800_000;
const MAX_MS = 253_402_300_799_999;

/**
 * @param folder absolute.
 * @param deadline of `performance.now()`; some are looked at in any case.
 */
export function statFiles(folder: string, names: readonly string[], deadline: number): StatedFiles {
  const numbers = new BigInt64Array(names.length * NUMBERS);
  const modified = new Float64Array(names.length);
  const found: string[] = [];
  const unreadable: [string, string][] = [];
  let done = 0;
  for (const name of names) {
    if (done % 16 === 15 && performance.now() > deadline) break;
    done += 1;
    let stats: BigIntStats | undefined;
    try {
      stats = statSync(diskPath(joinPath(folder, name)), { bigint: true, throwIfNoEntry: false });
    } catch (error) {
      if (!isGone(error)) unreadable.push([name, fileProblem(error)]);
      continue;
    }
    // It has vanished, or is something else by now.
    if (!stats?.isFile()) continue;
    const at = found.length * NUMBERS;
    numbers[at] = stats.size;
    numbers[at + 1] = clampNs(stats.mtimeNs);
    // Unsigned numbers wrap.
    numbers[at + 2] = stats.dev;
    numbers[at + 3] = stats.ino;
    modified[found.length] = Math.min(MAX_MS, Math.max(MIN_MS, Number(stats.mtimeMs)));
    found.push(name);
  }
  return {
    names: found.join('/'),
    numbers: numbers.slice(0, found.length * NUMBERS),
    modified: modified.slice(0, found.length),
    unreadable,
    done,
  };
}

/** @param folder within the package's. */
export function toScannedFiles(folder: string, { names, numbers, modified }: StatedFiles): ScannedFile[] {
  if (names === '') return [];
  return names.split('/').map((name, index) => ({
    relativePath: joinPath(folder, name),
    size: Number(numbers[index * NUMBERS]),
    modifiedAt: new Date(modified[index] ?? 0),
    device: numbers[index * NUMBERS + 2] ?? 0n,
    inode: numbers[index * NUMBERS + 3] ?? 0n,
    modifiedNs: numbers[index * NUMBERS + 1] ?? 0n,
  }));
}
