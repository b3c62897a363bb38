/** Finds packages whose links differ from what the rows require. */
import type { Sql } from './client.ts';
import { isWanted } from './dataset-links.ts';

/** A package that a host may link or has linked. */
export interface LinkablePackage {
  readonly id: string;
  readonly name: string;
}

export async function findLinkablePackages(
  sql: Sql,
  host: string,
  mediaRoots: readonly string[],
): Promise<LinkablePackage[]> {
  return sql<LinkablePackage[]>`
    SELECT id, name FROM packages
    WHERE EXISTS (
      SELECT FROM unnest(${[...mediaRoots]}::text[]) AS root
      WHERE source_path = root OR source_path ^@ (rtrim(root, '/') || '/')
    ) OR EXISTS (SELECT FROM dataset_links WHERE package_id = packages.id AND host = ${host})`;
}

/**
 * Finds the packages whose links are outdated, judged by rows alone: assets that came, went, moved or got another type
 * or subject; packages that were renamed, deleted or restored; subjects whose directory a person set; and failures from
 * a while ago. Links of other hosts are left to those hosts, and packages ingested without links stay without them.
 *
 * @param packages from `findLinkablePackages`, with their folders' names.
 */
export async function findOutdatedPackages(
  sql: Sql,
  host: string,
  root: string,
  packages: readonly { id: string; folder: string }[],
  retrySeconds: number,
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    WITH linkable AS (
      SELECT packages.id, folder, (
        packages.status = 'ready' AND NOT coalesce((
          SELECT (options ->> 'skip_links')::boolean FROM runs
          WHERE runs.package_id = packages.id AND options IS NOT NULL
          ORDER BY created_at DESC LIMIT 1
        ), false)
      ) AS begins
      FROM json_to_recordset(${JSON.stringify(packages)}::text::json) AS named(id uuid, folder text)
      JOIN packages ON packages.id = named.id
    )
    SELECT DISTINCT packages.id
    FROM linkable
    JOIN packages ON packages.id = linkable.id
    JOIN projects ON projects.id = packages.project_id
    JOIN assets ON assets.package_id = packages.id
    LEFT JOIN subjects ON subjects.id = assets.subject_id
    LEFT JOIN dataset_links AS links ON links.asset_id = assets.id
    CROSS JOIN LATERAL (
      SELECT '/media/external/from_client/' || linkable.folder
        || CASE WHEN 'audio' IN (file_type, asset_type) THEN '/audio/' ELSE '/visuals/' END
        || asset_type || '/' || relative_path AS below_directory
    ) AS expected
    WHERE CASE
      WHEN links.asset_id IS NULL THEN linkable.begins AND ${isWanted(sql)}
      WHEN links.host <> ${host} THEN false
      WHEN NOT ${isWanted(sql)} OR links.package_id <> packages.id THEN true
      WHEN links.problem IS NOT NULL THEN
        links.updated_at < clock_timestamp() - make_interval(secs => ${retrySeconds})
        OR subjects.updated_at > links.updated_at
        OR NOT right(links.link_path, length(below_directory)) = below_directory
      ELSE (links.link_path, links.target) IS DISTINCT FROM (
        rtrim(${root}, '/') || '/' || subjects.dataset_directory || below_directory,
        rtrim(packages.source_path, '/') || '/' || relative_path
      )
    END
    UNION
    -- The last pass on these packages found no datasets folder.
    SELECT packages.id FROM linkable JOIN packages ON packages.id = linkable.id
    WHERE link_problem IS NOT NULL
      AND NOT EXISTS (SELECT FROM dataset_links WHERE package_id = packages.id AND problem IS NOT NULL)`;
  return rows.map(({ id }) => id);
}
