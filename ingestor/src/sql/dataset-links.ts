/** What linking reads and writes: a row for each asset that has a link below a dataset directory, or should. */
import type { StoredPath } from '@ingesthub/schema/stored-path.ts';
import type { AssetType, FileType } from '@ingesthub/schema/vocabulary.ts';
import type { Sql, TransactionSql } from './client.ts';

export interface AssetToLink {
  readonly id: string;
  readonly relativePath: string;
  readonly fileType: FileType;
  readonly assetType: AssetType;
  readonly firstFrame: number | null;
  readonly lastFrame: number | null;
  readonly framePadding: number | null;
  readonly missingFrames: string | null;
}

export interface PackageToLink {
  readonly id: string;
  readonly name: string;
  readonly sourcePath: StoredPath;
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

/** A condition on an asset with its package, its project and, perhaps missing, its subject. */
export function isWanted(sql: Sql) {
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
    FROM dataset_links WHERE package_id = ${packageId}
    UNION ALL
    SELECT asset_id, host, link_path, target, dataset_links.problem
    FROM dataset_links JOIN assets ON assets.id = asset_id
    WHERE assets.package_id = ${packageId} AND dataset_links.package_id <> ${packageId}`;
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
