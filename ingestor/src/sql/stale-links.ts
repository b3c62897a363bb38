/** Links without an asset, which the database keeps until they are removed from the disk. */
import type { Sql } from './client.ts';

export interface StaleLink {
  readonly linkPath: string;
  readonly target: string;
  /** True when an asset still has that link, or has it again. */
  readonly claimed: boolean;
}

/** Returns stale links of a host below its datasets folder, after a given path and in order. */
export async function findStaleLinks(
  sql: Sql,
  host: string,
  root: string,
  after: string,
  limit: number,
): Promise<StaleLink[]> {
  return sql<StaleLink[]>`
    WITH batch AS MATERIALIZED (
      SELECT link_path, target FROM stale_links
      WHERE host = ${host} AND link_path ^@ ${root.endsWith('/') ? root : `${root}/`} AND link_path > ${after} COLLATE "C"
      ORDER BY link_path COLLATE "C"
      LIMIT ${limit}
    ),
    claimed AS (
      SELECT DISTINCT batch.link_path FROM batch
      JOIN dataset_links ON dataset_links.link_path = batch.link_path AND problem IS NULL
    )
    SELECT batch.link_path AS "linkPath", batch.target, claimed.link_path IS NOT NULL AS claimed
    FROM batch LEFT JOIN claimed ON claimed.link_path = batch.link_path
    ORDER BY batch.link_path COLLATE "C"`;
}

export async function forgetStaleLinks(sql: Sql, host: string, linkPaths: readonly string[]): Promise<void> {
  await sql`DELETE FROM stale_links WHERE host = ${host} AND link_path = ANY (${[...linkPaths]}::text[])`;
}
