/**
 * Reads and writes dataset links: one row for each asset that has a link below a dataset directory, or should have one.
 */

import type { AssetType, FileType } from '@ingesthub/schema/library/vocabulary.ts';
import type { StoredPath } from '@ingesthub/schema/paths/stored-path.ts';
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
  /** True when another package uses the same folder. */
  readonly sharesFolder: boolean;
  /** Folders of other packages inside this package's folder. */
  readonly foldersWithin: readonly string[];
}

/** Finds a package, also a deleted one, because its links have to be removed. Null when no package matches. */
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
 * Returns the assets of a package that should have a link, in the order of their paths: on disk, with a subject, and
 * with no part deleted.
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

/** A condition on an asset with its package, its project and its subject, which may be absent. */
export function isWanted(sql: Sql) {
  return sql`(
    assets.deleted_at IS NULL AND assets.missing_since IS NULL
    AND packages.deleted_at IS NULL AND projects.deleted_at IS NULL
    AND subjects.id IS NOT NULL AND subjects.deleted_at IS NULL
  )`;
}

export interface LinkRecord {
  readonly assetId: string;
  /** Absolute; for a sequence, with # for the frame number. */
  readonly linkPath: string;
  readonly target: string;
  /** Null when the link exists. */
  readonly problem: string | null;
}

/** Returns the links of a package, and those of assets that moved to it from another package. */
export async function findLinks(sql: Sql, packageId: string): Promise<(LinkRecord & { readonly host: string })[]> {
  return sql<(LinkRecord & { host: string })[]>`
    SELECT asset_id AS "assetId", host, link_path AS "linkPath", target, problem
    FROM dataset_links WHERE package_id = ${packageId}
    UNION ALL
    SELECT asset_id, host, link_path, target, dataset_links.problem
    FROM dataset_links JOIN assets ON assets.id = asset_id
    WHERE assets.package_id = ${packageId} AND dataset_links.package_id <> ${packageId}`;
}

/** Forgets links; existing ones become stale and are removed from the disk later. */
export async function dropLinks(sql: TransactionSql, assetIds: readonly string[]): Promise<void> {
  await sql`DELETE FROM dataset_links WHERE asset_id = ANY (${[...assetIds]}::uuid[])`;
}

/** Writes links. Assets purged in the meantime are skipped. A repeated failure is written too, with its new time. */
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

/** @returns how many assets of a package have their links, and how many do not. */
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

/** Sets the link counts and the problem on the package's page. */
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

/** Sets a subject's dataset directory, unless a person has chosen one in the meantime. */
export async function setDatasetDirectory(sql: TransactionSql, subjectId: string, directory: string): Promise<void> {
  await sql`
    UPDATE subjects SET dataset_directory = ${directory} WHERE id = ${subjectId} AND dataset_directory IS NULL`;
}

export async function hasLinks(sql: Sql, host: string): Promise<boolean> {
  const [row] = await sql<{ exists: boolean }[]>`
    SELECT EXISTS (SELECT FROM dataset_links WHERE host = ${host} AND problem IS NULL)`;
  return row?.exists ?? false;
}
