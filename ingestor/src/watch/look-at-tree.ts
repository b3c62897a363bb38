/** Reads a complete folder once, without opening a file. */
import { stat } from 'node:fs/promises';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import type { TreeState } from '../jobs/incoming/settle.ts';
import { assetsOf, type ScannedAsset } from '../scan/assets-of.ts';
import { scanTree } from '../scan/scan-tree.ts';
import { treeFingerprint } from '../scan/tree-fingerprint.ts';

export interface TreeLook extends TreeState {
  /** Some of its prospective assets: enough to recognise the folder. */
  readonly sample: readonly ScannedAsset[];
  /** Folders and files that could not be read. */
  readonly unreadable: number;
}

/** The most assets in a sample. */
export const SAMPLE = 500;

/** @returns null when the folder does not exist. @throws the signal's reason. */
export async function lookAtTree(
  folder: string,
  options: { roots: readonly string[]; signal: AbortSignal },
): Promise<TreeLook | null> {
  if (!(await stat(diskPath(folder)).catch(() => null))?.isDirectory()) return null;
  const fingerprints = new Map<string, string>();
  const sample: ScannedAsset[] = [];
  let files = 0;
  let size = 0;
  let partial = 0;
  let unreadable = 0;
  for await (const entry of scanTree(folder, options)) {
    if ('problem' in entry) {
      unreadable += 1;
      continue;
    }
    fingerprints.set(entry.path, entry.fingerprint);
    files += entry.files.length;
    for (const file of entry.files) size += file.size;
    partial += entry.partial.length;
    if (sample.length < SAMPLE) sample.push(...assetsOf(entry).slice(0, SAMPLE - sample.length));
  }
  return { fingerprint: treeFingerprint(fingerprints), files, size, partial, sample, unreadable };
}
