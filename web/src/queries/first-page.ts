/** The first assets of a package by name, which SQL finds at once while the mirror cannot answer yet. */
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import { type AssetFilter, isFiltering } from './asset-filter.ts';

/** Enough to fill the screen, with some to spare. */
const PAGE = 240;
/** Before the indexes exist: enough to look around in, as the whole package would have to be sorted for more. */
const PART = 3000;

export interface FirstPageRow {
  readonly id: string;
}

/**
 * {@link FirstPageRow} rows in order; null for a list that no index has in order.
 *
 * @param indexed whether the indexes exist, as they do after the first load.
 */
export function firstPageQuery(packageId: string, filter: AssetFilter, indexed: boolean): Statement | null {
  if (filter.sort !== 'name' || filter.sidecars || isFiltering(filter)) return null;
  const direction = filter.descending ? 'DESC' : 'ASC';
  return {
    text: `
      SELECT id FROM assets
      WHERE package_id = $1 AND deleted_at IS NULL AND sidecar_of IS NULL
      ORDER BY name ${direction}, id ${direction} LIMIT ${indexed ? PAGE : PART}`,
    values: [packageId],
  };
}
