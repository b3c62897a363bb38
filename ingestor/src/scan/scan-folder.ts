/** A folder as the assets it would become, without opening a file. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileType } from '@ingesthub/schema/vocabulary.ts';
import { fileTypeOf } from './file-types.ts';
import { groupSequences } from './sequences.ts';
import { type WalkOptions, walkFolder } from './walk.ts';

/** How a file on disk is told from what it was before. */
export interface FileIdentity {
  /** Bytes. */
  readonly size: number;
  readonly modifiedAt: Date;
  /** Signed 64 bit, as Postgres keeps them. */
  readonly device: bigint;
  readonly inode: bigint;
  readonly modifiedNs: bigint;
}

export interface ScannedAsset extends FileIdentity {
  /** Within the folder; frames of a sequence as #s. */
  readonly relativePath: string;
  readonly fileType: FileType;
  readonly sequence: { first: number; last: number; count: number; padding: number; missing: string | null } | null;
}

export interface ScannedFolder {
  /** In path order. */
  readonly assets: readonly ScannedAsset[];
  readonly fileCount: number;
  /** What could not be looked at, '' for the folder itself; nothing below it is known. */
  readonly unreadable: readonly { relativePath: string; problem: string }[];
}

interface ScannedFile extends FileIdentity {
  readonly relativePath: string;
}

/** How many files are asked about at once: enough to hide a NAS's latency. */
const STAT_BATCH = 64;

/** @param folder absolute, symlinks resolved. */
export async function scanFolder(folder: string, options: WalkOptions): Promise<ScannedFolder> {
  const files: ScannedFile[] = [];
  const unreadable: { relativePath: string; problem: string }[] = [];
  let batch: string[] = [];
  const flush = async () => {
    const stats = await Promise.all(batch.map((relativePath) => identify(folder, relativePath)));
    for (const entry of stats) {
      if ('problem' in entry) unreadable.push(entry);
      else files.push(entry);
    }
    batch = [];
  };

  for await (const entry of walkFolder(folder, options)) {
    if (entry.kind === 'unreadable') unreadable.push({ relativePath: entry.relativePath, problem: entry.problem });
    if (entry.kind !== 'file') continue;
    batch.push(entry.relativePath);
    if (batch.length >= STAT_BATCH) await flush();
  }
  await flush();

  const { sequences, singles } = groupSequences(files);
  const assets: ScannedAsset[] = [
    ...singles.map((file) => ({ ...file, fileType: fileTypeOf(file.relativePath), sequence: null })),
    ...sequences.map((sequence): ScannedAsset => {
      const { files: frames, relativePath, first, last, padding, missing } = sequence;
      return {
        ...(frames[0] as ScannedFile),
        relativePath,
        fileType: 'sequence',
        size: frames.reduce((sum, frame) => sum + frame.size, 0),
        modifiedAt: new Date(frames.reduce((latest, frame) => Math.max(latest, frame.modifiedAt.getTime()), 0)),
        sequence: { first, last, count: frames.length, padding, missing },
      };
    }),
  ].sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
  return { assets, fileCount: files.length, unreadable };
}

async function identify(
  folder: string,
  relativePath: string,
): Promise<ScannedFile | { relativePath: string; problem: string }> {
  try {
    const stats = await stat(path.join(folder, relativePath), { bigint: true });
    return {
      relativePath,
      size: Number(stats.size),
      modifiedAt: stats.mtime,
      device: BigInt.asIntN(64, stats.dev),
      inode: BigInt.asIntN(64, stats.ino),
      modifiedNs: stats.mtimeNs,
    };
  } catch (error) {
    return { relativePath, problem: `it could not be looked at (${(error as NodeJS.ErrnoException).code})` };
  }
}
