/** Walks all folders of a package, which threads read ahead of the consumer. */
import { realpath } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { isInsideAny } from './media-roots.ts';
import { isLitter } from './names/litter.ts';
import { textOfName } from './names/path-text.ts';
import type { Unreadable, WalkedFolder } from './pending-folder.ts';
import { ReadAhead } from './read-ahead.ts';
import { joinPath } from './read-folder.ts';

export interface WalkOptions {
  /** Media roots: a symlink is followed while it stays inside one of them. */
  readonly roots: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** A folder within the walked one; only this folder and its subfolders are walked. */
  readonly below?: string | undefined;
}

/** The longest that the rest of the process waits while folders are yielded that were read already. */
const TURN_MS = 10;

/**
 * Yields each folder before its subfolders, in name order. Skips litter, links that leave the media roots, and anything
 * that disappears during the walk.
 *
 * @param base the package's folder, absolute, symlinks resolved.
 * @param stat whether files are statted, or only named.
 */
export async function* walkFolders(
  base: string,
  { roots, signal, below = '' }: WalkOptions,
  stat: boolean,
): AsyncGenerator<WalkedFolder | Unreadable> {
  signal?.throwIfAborted();
  if (below !== '' && !(await mayEnter(base, below, roots))) return;
  using ahead = new ReadAhead({ base, roots, stat }, signal);
  // By real path, because a link may lead to a folder that contains it.
  const entered = new Set<string>();
  const order = [ahead.begin(below)];
  let lastTurn = performance.now();
  for (let folder = order.pop(); folder; folder = order.pop()) {
    const walked = await ahead.wait(folder);
    if (walked !== null) yield walked;
    else if (folder.path === '') yield { relativePath: '', problem: 'it is gone' };
    signal?.throwIfAborted();
    if (performance.now() - lastTurn > TURN_MS) {
      await turn();
      lastTurn = performance.now();
    }
    const next = [...folder.children];
    for (const [name, target] of folder.links) {
      if (entered.has(target)) continue;
      entered.add(target);
      next.push(ahead.begin(joinPath(folder.path, name)));
    }
    next.sort((a, b) => (a.path < b.path ? 1 : -1));
    for (const child of next) order.push(child);
  }
}

/** Whether a walk from the package's folder would reach the subfolder. */
async function mayEnter(base: string, below: string, roots: readonly string[]): Promise<boolean> {
  if (below.split('/').some(isLitter)) return false;
  const target = await realpath(diskPath(joinPath(base, below)), { encoding: 'buffer' }).catch(() => null);
  return target !== null && isInsideAny(roots, textOfName(target));
}
