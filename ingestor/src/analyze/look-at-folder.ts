/** Reads the first 200 files of a folder, which is enough to recognise its package kind. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { isLitter } from '../scan/names/litter.ts';
import { textOfName } from '../scan/names/path-text.ts';
import { walkFolder } from '../scan/walk.ts';
import type { WalkOptions } from '../scan/walk-folders.ts';
import { hasConfig, parentHasConfig } from './config-file.ts';
import { type KindFinding, recogniseKind } from './kinds/recognise-kind.ts';
import { SAMPLE_SIZE } from './rules/listing.ts';

/** @param folder absolute, symlinks resolved. */
export async function lookAtFolder(folder: string, options: WalkOptions): Promise<KindFinding> {
  const fileNames: string[] = [];
  // The walk may end before it reaches all of them.
  const subfolderNames = await subfolders(folder);
  for await (const entry of walkFolder(folder, options)) {
    if (entry.kind === 'file') fileNames.push(path.basename(entry.relativePath));
    if (entry.kind === 'folder') subfolderNames.push(path.basename(entry.relativePath));
    if (fileNames.length >= SAMPLE_SIZE) break;
  }
  return recogniseKind({
    folderName: path.basename(folder),
    hasConfig: (await hasConfig(folder)) || (await parentHasConfig(folder, options.roots)),
    subfolderNames,
    fileNames,
  });
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(diskPath(folder), { withFileTypes: true, encoding: 'buffer' });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => textOfName(name))
    .filter((name) => !isLitter(name));
}
