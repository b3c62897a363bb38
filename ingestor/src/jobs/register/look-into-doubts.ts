/**
 * Gathers the evidence that decides which asset each doubtful file is: other candidate rows, and the file's content.
 */
import { stat } from 'node:fs/promises';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { storedPlace, storedText } from '@ingesthub/schema/paths/stored-path.ts';
import { hashFile } from '../../media/facts/content-hash.ts';
import { keysOf, type ScannedAsset } from '../../scan/assets-of.ts';
import { fileKey, type ScannedFile } from '../../scan/file-identity.ts';
import { rootOf } from '../../scan/media-roots.ts';
import { joinPath } from '../../scan/read-folder.ts';
import { formersOfContents } from '../../sql/former-files.ts';
import {
  assetsOfContents,
  assetsOfInodes,
  filePathsOfKnown,
  type KnownAsset,
  keysOfSequences,
  missingOfSizes,
} from '../../sql/known-assets.ts';
import type { RunFolder } from '../../sql/runs.ts';
import type { WorkerContext } from '../queue/worker-context.ts';
import { type Decisions, decidePlaces, type Owners } from './decide-places.ts';

/** Bytes of files that one scan reads; beyond that, names must suffice. */
const MAX_READ = 4 * 1024 ** 3;
/** Inodes in one query. */
const INODES = 10_000;

/**
 * @param folder the package's, absolute.
 * @param places files found at paths with no row, or with the row of another file.
 * @param rows of the package whose files are not at their recorded paths.
 */
export async function lookIntoDoubts(
  run: RunFolder,
  folder: string,
  { places, rows }: { places: readonly ScannedAsset[]; rows: readonly KnownAsset[] },
  { sql, signal, roots, pulses }: Pick<WorkerContext, 'sql' | 'signal' | 'roots' | 'pulses'>,
): Promise<Decisions> {
  const { packageId, projectId } = run;
  const candidates = new Map(rows.map((row) => [row.id, row]));
  const alive = new Set<KnownAsset>();
  const keys = new Set(places.flatMap(keysOf));
  const inodes = [...new Set(places.flatMap((place) => (place.frames ?? [place]).map(({ inode }) => inode)))];
  for (let start = 0; start < inodes.length; start += INODES) {
    for (const row of await assetsOfInodes(sql, projectId, inodes.slice(start, start + INODES))) {
      if (candidates.has(row.id)) continue;
      if (row.firstFrame === null && !keys.has(keyOfKnown(row) ?? 0n)) continue;
      const left = row.missingSince === null ? await filesLeft(row, { roots, pulses }) : 0;
      // The found file is then a second name of the row's file.
      if (left > 0 && row.firstFrame === null) continue;
      candidates.set(row.id, row);
      if (left > 0) alive.add(row);
    }
  }
  const sizes = [...new Set(places.filter(({ frames, size }) => frames === null && size > 0).map(({ size }) => size))];
  for (const row of await missingOfSizes(sql, packageId, sizes)) candidates.set(row.id, row);
  const sequences = [...candidates.values()].filter(({ firstFrame }) => firstFrame !== null).map(({ id }) => id);
  const frameKeys = await keysOfSequences(sql, sequences);
  const hashOf = hasher(folder, signal);

  async function ownersOf(files: readonly ScannedAsset[]): Promise<Owners> {
    const contents = new Map<string, ScannedAsset[]>();
    for (const file of files) {
      const hash = await hashOf(file);
      if (hash !== null) contents.set(hash, [...(contents.get(hash) ?? []), file]);
    }
    const hashes = [...contents.keys()];
    const formers = await formersOfContents(sql, projectId, hashes);
    const found = await assetsOfContents(sql, projectId, hashes);
    const ids = new Map(files.map((file) => [file, new Set<string>()]));
    for (const { id, contentHash } of [...formers, ...found])
      for (const file of contents.get(contentHash ?? '') ?? []) ids.get(file)?.add(id);
    const gone: KnownAsset[] = [];
    for (const row of found) {
      if (candidates.has(row.id)) continue;
      if (row.missingSince !== null || (await filesLeft(row, { roots, pulses })) === 0) gone.push(row);
    }
    return { ids, rows: gone };
  }

  return decidePlaces({ places, rows: [...candidates.values()], alive, frameKeys, packageId, hashOf, ownersOf });
}

function keyOfKnown({ inode, size, modifiedNs }: KnownAsset): bigint | null {
  if (inode === null || modifiedNs === null) return null;
  return fileKey({ inode: BigInt(inode), size, modifiedNs: BigInt(modifiedNs) });
}

/** Returns whether any file of a row outside this scan is at its recorded path: 1 or 0. */
async function filesLeft(row: KnownAsset, { roots, pulses }: Pick<WorkerContext, 'roots' | 'pulses'>): Promise<0 | 1> {
  const path = rootOf(
    roots.map((root) => root.path),
    storedText(row.sourcePath),
  );
  const root = roots.find((each) => each.path === path);
  for (const file of filePathsOfKnown(row)) {
    try {
      const look = () => stat(diskPath(storedPlace(row.sourcePath, file)), { bigint: true });
      // The file may be on another root, which may not respond.
      const stats = await (root === undefined ? look() : pulses.of(root.id).during(look));
      // A different inode means a different file, provided that the row's inode is known.
      if (row.firstFrame !== null || row.inode === String(BigInt.asIntN(64, stats.ino))) return 1;
    } catch (error) {
      // A file that cannot be accessed does not count as gone.
      if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return 1;
    }
  }
  return 0;
}

function hasher(folder: string, signal: AbortSignal): (file: ScannedFile) => Promise<string | null> {
  const known = new Map<ScannedFile, Promise<string | null>>();
  let read = 0;
  return (file) => {
    signal.throwIfAborted();
    let hash = known.get(file);
    if (hash === undefined) {
      read += file.size;
      hash =
        read > MAX_READ
          ? Promise.resolve(null)
          : hashFile(diskPath(joinPath(folder, file.relativePath))).catch(() => null);
      known.set(file, hash);
    }
    return hash;
  };
}
