/** The datasets folder of this host, as far as it may be written to. */
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/disk-path.ts';
import { isLitter } from '../scan/litter.ts';
import { isInsideAny } from '../scan/media-roots.ts';
import { textOfName } from '../scan/path-text.ts';
import { codeOf, LinkRefused } from './link-problem.ts';

export interface Datasets {
  /** As the environment has it, absolute: what links are called by. */
  readonly root: string;
  /** Symlinks resolved. */
  readonly realRoot: string;
  /** Symlinks resolved; nothing is written there. */
  readonly mediaRoots: readonly string[];
  /** Names of the folders in it. */
  readonly directories: readonly string[];
  /** Folders that were found to lie inside, by what they are called; for the time of one pass. */
  readonly checked: Set<string>;
}

/**
 * @param root absolute. It is never made: where it is missing, something is not mounted.
 * @throws LinkRefused when it is not there, no folder, or lies in a media root.
 */
export async function openDatasets(root: string, mediaRoots: readonly string[]): Promise<Datasets> {
  try {
    const realRoot = await realpath(root);
    if (!(await stat(realRoot)).isDirectory()) throw new LinkRefused(`The datasets folder ${root} is a file.`);
    if (isInsideAny(mediaRoots, realRoot)) {
      throw new LinkRefused(`The datasets folder ${root} lies in a media root, where nothing is written.`);
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
    const why = code === 'ENOENT' ? 'is not there' : `cannot be read (${code || String(error)})`;
    throw new LinkRefused(`The datasets folder ${root} ${why}.`, { cause: error });
  }
}

/**
 * Makes sure that a folder lies where its path says.
 *
 * @throws LinkRefused when a link in its path leads out of the root or into a media root; errors of `node:fs`.
 */
export async function checkInside(datasets: Datasets, folder: string): Promise<void> {
  const { root, realRoot, mediaRoots, checked } = datasets;
  if (checked.has(folder)) return;
  let real: string;
  try {
    real = textOfName(await realpath(diskPath(folder), { encoding: 'buffer' }));
  } catch (error) {
    // Where it would be made is told before it is.
    if (codeOf(error) === 'ENOENT' && folder !== root) await checkInside(datasets, path.dirname(folder));
    throw error;
  }
  if (!isInsideAny([realRoot], real)) {
    throw new LinkRefused(`${folder} is a link that leads out of the datasets folder ${root}.`);
  }
  if (isInsideAny(mediaRoots, real)) throw new LinkRefused(`${folder} lies in a media root, where nothing is written.`);
  checked.add(folder);
}
