/** What linking reads and writes: a row for each asset that has a link below a dataset directory, or should. */
import type { AssetToLink } from '../link/link-path.ts';
import type { Sql, TransactionSql } from './client.ts';

export interface PackageToLink {
  readonly id: string;
  readonly name: string;
  readonly sourcePath: string;
  /** Whether another package is made of the same folder. */
  readonly sharesFolder: boolean;
  /** Folders of other packages within this one's. */
  readonly foldersWithin: readonly string[];
}

/** Also one that was deleted: its links have to go. Null when there is no such package. */
export async function findPackageToLink(sql: Sql, packageId: string): Promise<PackageToLink | null> {
  const [row] = await sql<PackageToLink[]>`
    SELECT
      id,
      name,
      source_path AS "sourcePath",
      EXISTS (
        SELECT FROM packages AS other WHERE other.id <> packages.id AND other.source_path = packages.source_path
      ) AS "sharesFolder",
      ARRAY(
        SELECT other.source_path FROM packages AS other WHERE other.source_path ^@ (packages.source_path || '/')
      ) AS "foldersWithin"
    FROM packages
    WHERE id = ${packageId}`;
  return row ?? null;
}

export interface WantedAsset extends AssetToLink {
  readonly subjectId: string;
  readonly subject: string;
  readonly datasetDirectory: string | null;
}

/**
 * The assets of a package that should have a link: on disk, of a subject, and nothing of it deleted. In the order of
 * their paths.
 */
export async function findWantedAssets(sql: Sql, packageId: string): Promise<WantedAsset[]> {
  return sql<WantedAsset[]>`
    SELECT
      assets.id,
      assets.relative_path AS "relativePath",
      assets.file_type AS "fileType",
      assets.asset_type AS "assetType",
      assets.first_frame AS "firstFrame",
      assets.last_frame AS "lastFrame",
      assets.frame_padding AS "framePadding",
      assets.missing_frames AS "missingFrames",
      subjects.id AS "subjectId",
      subjects.name AS subject,
      subjects.dataset_directory AS "datasetDirectory"
    FROM assets
    JOIN packages ON packages.id = assets.package_id
    JOIN projects ON projects.id = packages.project_id
    JOIN subjects ON subjects.id = assets.subject_id
    WHERE assets.package_id = ${packageId} AND ${isWanted(sql)}
    ORDER BY assets.relative_path COLLATE "C"`;
}

/** Of an asset with its package, project and, perhaps missing, subject. */
function isWanted(sql: Sql) {
  return sql`(
    assets.deleted_at IS NULL AND assets.missing_since IS NULL
    AND packages.deleted_at IS NULL AND projects.deleted_at IS NULL
    AND subjects.id IS NOT NULL AND subjects.deleted_at IS NULL
  )`;
}

export interface LinkRecord {
  readonly assetId: string;
  /** Absolute; of a sequence with #s. */
  readonly linkPath: string;
  readonly target: string;
  /** Null: the link is there. */
  readonly problem: string | null;
}

/** Those of a package, and those of assets that came to it from another one. */
export async function findLinks(sql: Sql, packageId: string): Promise<(LinkRecord & { readonly host: string })[]> {
  return sql<(LinkRecord & { host: string })[]>`
    SELECT asset_id AS "assetId", host, link_path AS "linkPath", target, problem
    FROM dataset_links
    WHERE package_id = ${packageId}
      OR asset_id IN (SELECT id FROM assets WHERE assets.package_id = ${packageId})`;
}

/** Forgets links; those that were made become stale, and are taken from the disk as such. */
export async function dropLinks(sql: TransactionSql, assetIds: readonly string[]): Promise<void> {
  await sql`DELETE FROM dataset_links WHERE asset_id = ANY (${[...assetIds]}::uuid[])`;
}

/** Of assets that were purged meanwhile nothing is written. Tried again and failed again counts as written. */
export async function writeLinks(
  sql: TransactionSql,
  packageId: string,
  host: string,
  links: readonly LinkRecord[],
): Promise<void> {
  await sql`
    INSERT INTO dataset_links (asset_id, package_id, host, link_path, target, problem, updated_at)
    SELECT assets.id, ${packageId}, ${host}, made."linkPath", made.target, made.problem, clock_timestamp()
    FROM json_to_recordset(${JSON.stringify(links)}::text::json) AS made(
      "assetId" uuid, "linkPath" text, target text, problem text
    )
    JOIN assets ON assets.id = made."assetId"
    ON CONFLICT (asset_id) DO UPDATE SET
      package_id = excluded.package_id,
      host = excluded.host,
      link_path = excluded.link_path,
      target = excluded.target,
      problem = excluded.problem,
      updated_at = excluded.updated_at
    WHERE excluded.problem IS NOT NULL
      OR (dataset_links.package_id, dataset_links.host, dataset_links.link_path, dataset_links.target, dataset_links.problem)
        IS DISTINCT FROM (excluded.package_id, excluded.host, excluded.link_path, excluded.target, excluded.problem)`;
}

/** @returns how many assets of a package have their links, and how many lack them. */
export async function countLinks(
  sql: Sql | TransactionSql,
  packageId: string,
): Promise<{ made: number; failed: number }> {
  const [row] = await sql<{ made: number; failed: number }[]>`
    SELECT
      (count(*) FILTER (WHERE problem IS NULL))::integer AS made,
      (count(*) FILTER (WHERE problem IS NOT NULL))::integer AS failed
    FROM dataset_links WHERE package_id = ${packageId}`;
  return row ?? { made: 0, failed: 0 };
}

/** What the package's page says of them. */
export async function setPackageLinks(
  sql: TransactionSql,
  packageId: string,
  { made, failed, problem }: { made: number; failed: number; problem: string | null },
): Promise<void> {
  await sql`
    UPDATE packages SET links_made = ${made}, links_failed = ${failed}, link_problem = ${problem}
    WHERE id = ${packageId}
      AND (links_made, links_failed, link_problem) IS DISTINCT FROM (${made}::integer, ${failed}::integer, ${problem}::text)`;
}

/** Unless a person has said another one meanwhile. */
export async function setDatasetDirectory(sql: TransactionSql, subjectId: string, directory: string): Promise<void> {
  await sql`
    UPDATE subjects SET dataset_directory = ${directory} WHERE id = ${subjectId} AND dataset_directory IS NULL`;
}

export async function hasLinks(sql: Sql, host: string): Promise<boolean> {
  const [row] = await sql<{ exists: boolean }[]>`
    SELECT EXISTS (SELECT FROM dataset_links WHERE host = ${host} AND problem IS NULL)`;
  return row?.exists ?? false;
}

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
    )
    SELECT
      link_path AS "linkPath",
      target,
      link_path IN (SELECT link_path FROM dataset_links WHERE problem IS NULL) AS claimed
    FROM batch
    ORDER BY link_path COLLATE "C"`;
}

export async function forgetStaleLinks(sql: Sql, host: string, linkPaths: readonly string[]): Promise<void> {
  await sql`DELETE FROM stale_links WHERE host = ${host} AND link_path = ANY (${[...linkPaths]}::text[])`;
}

/** A package and its name, of those that a host may link or has linked. */
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
 * The packages whose links are not as they should be, by the rows alone: assets that came, went, moved or were given
 * another type or subject; packages that were renamed, deleted or restored; subjects whose directory a person has set;
 * and what failed a while ago. The links of another host are its own business, and packages that were ingested without
 * links stay so.
 *
 * @param packages those of `findLinkablePackages`, with their folders' names.
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
    -- Their last pass found no datasets folder.
    SELECT packages.id FROM linkable JOIN packages ON packages.id = linkable.id
    WHERE link_problem IS NOT NULL
      AND NOT EXISTS (SELECT FROM dataset_links WHERE package_id = packages.id AND problem IS NOT NULL)
    UNION
    -- Links of assets that another package has now.
    SELECT dataset_links.package_id FROM dataset_links JOIN assets ON assets.id = asset_id
    WHERE dataset_links.host = ${host} AND dataset_links.package_id <> assets.package_id`;
  return rows.map(({ id }) => id);
}
