/** What central Postgres says of tags, in the form in which `PackagePage.tags()` says what a replica does. */
import type { Sql } from 'postgres';

/** Path within the package -> its tags, sorted. */
export async function postgresTags(sql: Sql): Promise<Map<string, string[]>> {
  const rows = await sql<{ relative_path: string; tags: string[] }[]>`
    SELECT relative_path, ARRAY (SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag) AS tags FROM assets`;
  return new Map(rows.map((row) => [row.relative_path, row.tags]));
}

export function countTagged(tags: ReadonlyMap<string, readonly string[]>, tag: string): number {
  return [...tags.values()].filter((set) => set.includes(tag)).length;
}
