/** Reads the tags in central Postgres, in the same form as `PackagePage.tags()` reads them from a replica. */
import type { Sql } from 'postgres';

/** Returns path within the package -> sorted tags. */
export async function postgresTags(sql: Sql): Promise<Map<string, string[]>> {
  const rows = await sql<{ relative_path: string; tags: string[] }[]>`
    SELECT relative_path, ARRAY (SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag) AS tags FROM assets`;
  return new Map(rows.map((row) => [row.relative_path, row.tags]));
}

export function countTagged(tags: ReadonlyMap<string, readonly string[]>, tag: string): number {
  return [...tags.values()].filter((set) => set.includes(tag)).length;
}
