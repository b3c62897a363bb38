/** Lets links follow what people do: packages that were deleted, restored or renamed, subjects that moved. */

import { whileLinking } from '../sql/link-lock.ts';
import { findLinkablePackages, findOutdatedPackages } from '../sql/outdated-links.ts';
import { type LinkOptions, linkPackage, openForLinks } from './link-package.ts';
import { LinkRefused } from './link-problem.ts';
import { pathComponent } from './path-component.ts';
import { removeStaleLinks } from './remove-stale-links.ts';

/** How long a link that could not be made is left alone. */
const RETRY_SECONDS = 15 * 60;

export interface SweepOutcome {
  /** Packages whose links were looked at. */
  readonly packages: number;
  /** Links of purged assets that were taken away. */
  readonly removed: number;
}

/** Costs one query where nothing has changed. @throws what is not the links' fault: the database, or the signal. */
export async function sweepLinks(options: LinkOptions): Promise<SweepOutcome> {
  const { sql, datasetsRoot, host, signal, log } = options;
  if (datasetsRoot === null) return { packages: 0, removed: 0 };
  try {
    await openForLinks(datasetsRoot, options);
    const outdated = await outdatedPackages(options, datasetsRoot);
    for (const packageId of outdated) {
      signal.throwIfAborted();
      await linkPackage(packageId, options);
    }
    const removed = await whileLinking(sql, host, signal, async () =>
      removeStaleLinks({ sql, host, datasets: await openForLinks(datasetsRoot, options), signal, log }),
    );
    return { packages: outdated.length, removed };
  } catch (error) {
    if (!(error instanceof LinkRefused)) throw error;
    log.warn({ event: 'links not swept', problem: error.message });
    return { packages: 0, removed: 0 };
  }
}

/** Ids of packages whose links are not as the rows ask for. */
export async function outdatedPackages(
  { sql, host, mediaRoots }: Pick<LinkOptions, 'sql' | 'host' | 'mediaRoots'>,
  datasetsRoot: string,
): Promise<string[]> {
  const linkable = await findLinkablePackages(sql, host, mediaRoots);
  const packages = linkable.map(({ id, name }) => ({ id, folder: pathComponent(name) }));
  return findOutdatedPackages(sql, host, datasetsRoot, packages, RETRY_SECONDS);
}
