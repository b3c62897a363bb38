/** Removes links from the disk whose assets are gone or have other links. */
import path from 'node:path';
import type { IngestorLog } from '../log/log-events.ts';
import type { Sql } from '../sql/client.ts';
import { findStaleLinks, forgetStaleLinks, type StaleLink } from '../sql/stale-links.ts';
import { checkInside, type Datasets } from './datasets.ts';
import { removeLink } from './link-file.ts';
import { AT_ONCE, readLinks, removeEmptyFolders } from './link-folders.ts';
import { isFrameOf, packageFolderOf } from './link-path.ts';
import { codeOf, isOfDisk } from './link-problem.ts';

const BATCH = 1000;

export interface StaleContext {
  readonly sql: Sql;
  readonly host: string;
  readonly datasets: Datasets;
  readonly signal: AbortSignal;
  readonly log: Pick<IngestorLog, 'info' | 'warn'>;
}

/** Keeps the record of a link that could not be removed, for the next pass. @returns the number of removed links. */
export async function removeStaleLinks(context: StaleContext): Promise<number> {
  const { sql, host, datasets, signal, log } = context;
  let removed = 0;
  for (let after = ''; ; ) {
    const links = await findStaleLinks(sql, host, datasets.root, after, BATCH);
    const done: string[] = [];
    const folders = new Set<string>();
    for (let start = 0; start < links.length; start += AT_ONCE) {
      signal.throwIfAborted();
      const batch = links.slice(start, start + AT_ONCE).map(async (link) => {
        try {
          const gone = link.claimed ? 0 : await removeStale(link, datasets);
          removed += gone;
          done.push(link.linkPath);
          folders.add(path.posix.dirname(link.linkPath));
        } catch (error) {
          if (!isOfDisk(error)) throw error;
          log.warn({ event: 'stale link stays', link: link.linkPath, problem: codeOf(error) || String(error) });
        }
      });
      await Promise.all(batch);
    }
    // Deepest first.
    for (const folder of [...folders].sort((a, b) => b.length - a.length)) await removeEmptyFolders(datasets, folder);
    await forgetStaleLinks(sql, host, done);
    const last = links.at(-1);
    if (last === undefined) return removed;
    after = last.linkPath;
  }
}

async function removeStale({ linkPath, target }: StaleLink, datasets: Datasets): Promise<number> {
  const folder = path.posix.dirname(linkPath);
  // Such a link is not ours, whatever the row claims.
  if (packageFolderOf(datasets.root, folder) === null) return 0;
  try {
    await checkInside(datasets, folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
  if (await removeLink(linkPath, target)) return 1;
  const [name, targetFolder] = [path.posix.basename(linkPath), path.posix.dirname(target)];
  if (!name.includes('#')) return 0;
  let removed = 0;
  for (const entry of await readLinks(datasets, folder)) {
    if (!isFrameOf(name, entry.name) || entry.target !== `${targetFolder}/${entry.name}`) continue;
    if (await removeLink(path.posix.join(folder, entry.name), entry.target)) removed += 1;
  }
  return removed;
}
