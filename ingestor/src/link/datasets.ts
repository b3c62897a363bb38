/** Opens this host's datasets root, and checks that it may be written to. */
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { isInsideAny } from '../scan/media-roots.ts';
import { isLitter } from '../scan/names/litter.ts';
import { textOfName } from '../scan/names/path-text.ts';
import { codeOf, LinkRefused } from './link-problem.ts';

export interface Datasets {
  /** Absolute, as set in the environment; links are named with this path. */
  readonly root: string;
  /** Symlinks resolved. */
  readonly realRoot: string;
  /** Symlinks resolved; nothing is written in them. */
  readonly mediaRoots: readonly string[];
  /** Names of the folders in it. */
  readonly directories: readonly string[];
  /** Folders that were verified to lie inside, by path; valid for one pass. */
  readonly checked: Set<string>;
}

/**
 * @param root absolute. The root is never created: if it is missing, something is not mounted.
 * @throws LinkRefused when the root does not exist, is not a folder, or lies in a media root.
 */
export async function openDatasets(root: string, mediaRoots: readonly string[]): Promise<Datasets> {
  try {
    const realRoot = await realpath(root);
    if (!(await stat(realRoot)).isDirectory()) throw new LinkRefused(`The datasets root ${root} is a file.`);
    if (isInsideAny(mediaRoots, realRoot)) {
      throw new LinkRefused(`The datasets root ${root} is inside a media root, where IngestHub never writes.`);
    }
    const entries = await readdir(realRoot, { withFileTypes: true, encoding: 'buffer' });
    const directories = entries
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => textOfName(entry.name))
      .filter((name) => !isLitter(name))
      .sort();
    return { root, realRoot, mediaRoots, directories, checked: new Set() };
  } catch (error) {
    if (error instanceof LinkRefused) throw error;
    const code = codeOf(error);
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code || String(error)})`;
    throw new LinkRefused(`The datasets root ${root} ${why}.`, { cause: error });
  }
}

/**
 * Checks that a folder really lies where its path says.
 *
 * @throws LinkRefused when a symlink in its path leads out of the root or into a media root; errors of `node:fs`.
 */
export async function checkInside(datasets: Datasets, folder: string): Promise<void> {
  const { root, realRoot, mediaRoots, checked } = datasets;
  if (checked.has(folder)) return;
  let real: string;
  try {
    real = textOfName(await realpath(diskPath(folder), { encoding: 'buffer' }));
  } catch (error) {
    // If the folder is missing, check the parent in which it would be created.
    if (codeOf(error) === 'ENOENT' && folder !== root) await checkInside(datasets, path.dirname(folder));
    throw error;
  }
  if (!isInsideAny([realRoot], real)) {
    throw new LinkRefused(`${folder} is a link that leads out of the datasets root ${root}.`);
  }
  if (isInsideAny(mediaRoots, real))
    throw new LinkRefused(`${folder} is inside a media root, where IngestHub never writes.`);
  checked.add(folder);
}
