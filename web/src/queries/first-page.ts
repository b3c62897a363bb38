/** The first assets of a scope by name, which SQL finds at once while the mirror cannot answer yet. */
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import type { Scope } from '../replica/model/mirror-questions.ts';
import { type AssetFilter, isFiltering } from './asset-filter.ts';
import { LIVE } from './asset-scope.ts';

/** Enough to fill the screen, with some to spare. */
const PAGE = 240;
/** The same where many packages may each give as many. */
const SHORT_PAGE = 120;
/** Before the indexes exist: enough to look around in, as the whole scope would have to be sorted for more. */
const PART = 3000;

const LISTED = 'assets.deleted_at IS NULL AND assets.sidecar_of IS NULL';
const LIVE_PACKAGES = `SELECT packages.id FROM packages JOIN projects ON projects.id = packages.project_id WHERE ${LIVE}`;

export interface FirstPageRow {
  readonly id: string;
}

/**
 * {@link FirstPageRow} rows in order; null for a list that no index has in order.
 *
 * @param indexed whether the indexes exist, as they do after the first load.
 */
export function firstPageQuery(scope: Scope, filter: AssetFilter, indexed: boolean): Statement | null {
  if (filter.sort !== 'name' || isFiltering(filter)) return null;
  const direction = filter.descending ? 'DESC' : 'ASC';
  const values = scope.kind === 'library' ? [] : [scope.id];
  const isNarrow = scope.kind === 'package' || scope.kind === 'subject';
  return isNarrow || !indexed
    ? { text: pageText(scope, direction, indexed ? PAGE : PART), values }
    : { text: mergedText(scope, direction), values };
}

type Direction = 'ASC' | 'DESC';

/** The assets of a package or a subject, which an index has in order, or any assets without an index. */
function pageText(scope: Scope, direction: Direction, limit: number): string {
  const conditions = {
    package: 'assets.package_id = $1',
    subject: `assets.subject_id = $1 AND assets.package_id IN (${LIVE_PACKAGES})`,
    project: `assets.package_id IN (${LIVE_PACKAGES} AND packages.project_id = $1)`,
    library: `assets.package_id IN (${LIVE_PACKAGES})`,
  };
  return `
    SELECT assets.id FROM assets WHERE ${conditions[scope.kind]} AND ${LISTED}
    ORDER BY assets.name ${direction}, assets.id ${direction} LIMIT ${limit}`;
}

/**
 * Merges packages that an index has in order each. Only those whose first asset is among the page's number of first
 * assets can have one on the page, so the time hardly grows with the number of packages.
 */
function mergedText(scope: Scope, direction: Direction): string {
  const begins = (limit: number, packageId: string) => `
    SELECT assets.name, assets.id FROM assets WHERE assets.package_id = ${packageId} AND ${LISTED}
    ORDER BY assets.name ${direction}, assets.id ${direction} LIMIT ${limit}`;
  return `
    WITH begun AS (
      SELECT packages.id FROM (
        ${LIVE_PACKAGES} ${scope.kind === 'project' ? 'AND packages.project_id = $1' : ''}
      ) AS packages
      CROSS JOIN LATERAL (${begins(1, 'packages.id')}) AS one
      ORDER BY one.name ${direction}, one.id ${direction} LIMIT ${SHORT_PAGE}
    )
    SELECT page.id FROM begun CROSS JOIN LATERAL (${begins(SHORT_PAGE, 'begun.id')}) AS page
    ORDER BY page.name ${direction}, page.id ${direction} LIMIT ${SHORT_PAGE}`;
}
