/** Which folders below a media root may be deliveries that nobody has ingested. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isLitter } from '../scan/litter.ts';

/**
 * The folders of a root; where packages lie deeper, those beside them. So whoever ingests
 * `<root>/<client>/<delivery>` is shown that client's next delivery, and the next client.
 *
 * @param packages source folders of packages, absolute.
 */
export async function findIncoming(root: string, packages: ReadonlySet<string>): Promise<string[]> {
  const parents = new Set<string>();
  for (const folder of packages) {
    for (let parent = path.dirname(folder); parent.length >= root.length; parent = path.dirname(parent)) {
      parents.add(parent);
      if (parent === path.dirname(parent)) break;
    }
  }
  const found: string[] = [];
  const waiting = packages.has(root) ? [] : [root];
  for (const folder of waiting) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isDirectory() || isLitter(entry.name)) continue;
      const below = path.join(folder, entry.name);
      if (packages.has(below)) continue;
      (parents.has(below) ? waiting : found).push(below);
    }
  }
  return found.sort();
}
