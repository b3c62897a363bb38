/** Chooses the projects that a new browser keeps when the library is too large to keep all of them. */
import { chooseWorkingSet, WORKING_SET_ASSETS } from '@ingesthub/schema/replica/working-set.ts';
import type { Sql } from 'postgres';
import { readProjectSizes } from './project-sizes.ts';

/**
 * @param assets approximate number in the library.
 * @param former the projects in the previous image: they stay unless others have become much more recent.
 * @returns null for all projects, future ones included.
 */
export async function defaultProjects(
  sql: Sql,
  assets: number,
  former: readonly string[],
): Promise<readonly string[] | null> {
  if (assets <= WORKING_SET_ASSETS) return null;
  const here = new Set(former);
  const sizes = await readProjectSizes(sql);
  const chosen = chooseWorkingSet(
    sizes.map(({ id, asset_count, active_at, deleted }) => ({
      id,
      deleted,
      assetCount: asset_count,
      recentAt: active_at,
      choice: null,
      here: here.has(id),
    })),
  );
  return chosen.size === sizes.length ? null : [...chosen].toSorted();
}
