/** Updates links after changes by people: packages that were deleted, restored or renamed, subjects that moved. */

import { whileLinking } from '../sql/link-lock.ts';
import { findLinkablePackages, findOutdatedPackages } from '../sql/outdated-links.ts';
import { type LinkOptions, linkPackage, openForLinks } from './link-package.ts';
import { LinkRefused } from './link-problem.ts';
import { pathComponent } from './path-component.ts';
import { removeStaleLinks } from './remove-stale-links.ts';

/** Time before a failed link is tried again. */
const RETRY_SECONDS = 15 * 60;

export interface SweepOutcome {
  /** Packages whose links were checked. */
  readonly packages: number;
  /** Removed links of purged assets. */
  readonly removed: number;
}

/**
 * Costs one query when nothing has changed.
 *
 * @throws errors that are not about links: from the database, or the signal's reason.
 */
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

/** Returns the ids of packages whose links differ from what the rows require. */
export async function outdatedPackages(
  { sql, host, mediaRoots }: Pick<LinkOptions, 'sql' | 'host' | 'mediaRoots'>,
  datasetsRoot: string,
): Promise<string[]> {
  const linkable = await findLinkablePackages(sql, host, mediaRoots);
  const packages = linkable.map(({ id, name }) => ({ id, folder: pathComponent(name) }));
  return findOutdatedPackages(sql, host, datasetsRoot, packages, RETRY_SECONDS);
}
