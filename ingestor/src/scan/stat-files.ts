/** Stats a folder's files as numbers that are cheap to pass between threads. Blocks: only for the threads of a walk. */
import { type BigIntStats, statSync } from 'node:fs';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { bornAt, clampNs, type ScannedFile } from './file-identity.ts';
import { fileProblem, isGone } from './file-problem.ts';
import { isTransportStream } from './is-transport-stream.ts';
import { mayBeProgram } from './names/file-types.ts';
import { joinPath } from './read-folder.ts';

export interface StatedFiles {
  /** Names of the existing files, joined by '/', which no name contains. */
  readonly names: string;
  /** For each file its size, and the times in nanoseconds when its content and when anything of it last changed. */
  readonly numbers: BigInt64Array<ArrayBuffer>;
  /** For each file its device and inode, which a mount may change, and its creation time; 0: unknown. */
  readonly places: BigInt64Array<ArrayBuffer>;
  /** Milliseconds since 1970. */
  readonly modified: Float64Array<ArrayBuffer>;
  /** Positions of the files with a video's extension that are source code. */
  readonly programs: readonly number[];
  readonly unreadable: [name: string, problem: string][];
  /** The number of given names that were processed before the deadline. */
  readonly done: number;
}

const NUMBERS = 3;
const PLACES = 3;
/** The start of year 1 and the end of 9999: within them Date and Postgres write years alike. */
const MIN_MS = -62_135_596_800_000;
const MAX_MS = 253_402_300_799_999;

/**
 * @param folder absolute.
 * @param deadline in the time of `performance.now()`; some files are statted in any case.
 */
export function statFiles(folder: string, names: readonly string[], deadline: number): StatedFiles {
  const numbers = new BigInt64Array(names.length * NUMBERS);
  const places = new BigInt64Array(names.length * PLACES);
  const modified = new Float64Array(names.length);
  const found: string[] = [];
  const programs: number[] = [];
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
    // The file has disappeared or been replaced in the meantime.
    if (!stats?.isFile()) continue;
    const at = found.length * NUMBERS;
    numbers[at] = stats.size;
    numbers[at + 1] = clampNs(stats.mtimeNs);
    numbers[at + 2] = clampNs(stats.ctimeNs);
    // Unsigned values wrap to signed ones.
    places[found.length * PLACES] = stats.dev;
    places[found.length * PLACES + 1] = stats.ino;
    places[found.length * PLACES + 2] = bornAt(stats) ?? 0n;
    modified[found.length] = Math.min(MAX_MS, Math.max(MIN_MS, Number(stats.mtimeMs)));
    if (mayBeProgram(name) && !isTransportStream(diskPath(joinPath(folder, name)))) programs.push(found.length);
    found.push(name);
  }
  return {
    names: found.join('/'),
    numbers: numbers.slice(0, found.length * NUMBERS),
    places: places.slice(0, found.length * PLACES),
    modified: modified.slice(0, found.length),
    programs,
    unreadable,
    done,
  };
}

/** @param folder relative to the package's folder. */
export function toScannedFiles(
  folder: string,
  { names, numbers, places, modified, programs }: StatedFiles,
): ScannedFile[] {
  if (names === '') return [];
  const texts = new Set(programs);
  return names.split('/').map((name, index) => ({
    relativePath: joinPath(folder, name),
    size: Number(numbers[index * NUMBERS]),
    modifiedAt: new Date(modified[index] ?? 0),
    device: places[index * PLACES] ?? 0n,
    inode: places[index * PLACES + 1] ?? 0n,
    bornNs: places[index * PLACES + 2] || null,
    modifiedNs: numbers[index * NUMBERS + 1] ?? 0n,
    ...(texts.has(index) ? { isProgram: true } : {}),
    changedNs: numbers[index * NUMBERS + 2] ?? 0n,
  }));
}
