/** Links that no row stands for any more, as the database keeps them until they are gone from the disk. */
import type { Sql } from './client.ts';

export interface StaleLink {
  readonly linkPath: string;
  readonly target: string;
  /** Whether an asset has that link still, or again. */
  readonly claimed: boolean;
}

/** Links of a host below its datasets folder whose assets are gone or have others: those after a path, in order. */
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
