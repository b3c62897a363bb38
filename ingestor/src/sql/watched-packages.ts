/** Packages whose folders are watched. */
import { anyStepIs } from '@ingesthub/schema/library/asset-columns.ts';
import type { StoredPath } from '@ingesthub/schema/paths/stored-path.ts';
import type { ScannedAsset } from '../scan/assets-of.ts';
import type { Sql, TransactionSql } from './client.ts';

export interface WatchedPackage {
  readonly id: string;
  readonly sourcePath: StoredPath;
  /** Fingerprint of the tree that the rows describe; null when no scan has completed. */
  readonly fingerprint: string | null;
  /** True when work is pending that no run is about to do. */
  readonly hasPending: boolean;
  /** True when its last run failed; the cause may be gone. */
  readonly hasFailed: boolean;
}

/**
 * Returns the watched packages of a root, except those that a run is scanning, a person holds, or no run has ingested
 * yet.
 */
export async function watchedPackages(sql: Sql, rootId: string): Promise<WatchedPackage[]> {
  return sql<WatchedPackage[]>`
    SELECT
      packages.id,
      packages.source_path AS "sourcePath",
      packages.fingerprint,
      run.status <> 'processing' AND EXISTS (
        SELECT FROM assets
        WHERE package_id = packages.id AND missing_since IS NULL AND deleted_at IS NULL
          AND ${sql.unsafe(anyStepIs('pending'))}
      ) AS "hasPending",
      run.status = 'failed' AS "hasFailed"
    FROM packages
    JOIN LATERAL (
      SELECT status, held FROM runs WHERE runs.package_id = packages.id AND NOT undone
      ORDER BY created_at DESC, id DESC LIMIT 1
    ) AS run ON true
    WHERE packages.media_root = ${rootId} AND packages.deleted_at IS NULL
      AND run.status IN ('processing', 'done', 'failed') AND run.held IS NULL
    ORDER BY packages.source_path COLLATE "C"`;
}

/**
 * Marks a package whose folder is not at its path. Its assets stay unchanged: a renamed folder is found again, and a
 * returned one is rescanned.
 *
 * @returns true when the package was not marked before.
 */
export async function markFolderGone(sql: TransactionSql, packageId: string, folder: string): Promise<boolean> {
  const rows = await sql`
    UPDATE packages SET
      fingerprint = 'gone',
      status = 'error',
      problem = ${`The folder ${folder} is gone. Put it back, or delete the package. A renamed folder with the same files is found automatically.`}
    WHERE id = ${packageId} AND fingerprint IS DISTINCT FROM 'gone'
    RETURNING id`;
  return rows.length > 0;
}

/** Returns the packages of some roots with their number of assets on disk, as far as known. */
export async function packagesOfRoots(
  sql: Sql,
  rootIds: readonly string[],
): Promise<{ id: string; sourcePath: StoredPath; assets: number }[]> {
  return sql<{ id: string; sourcePath: StoredPath; assets: number }[]>`
    SELECT
      id,
      source_path AS "sourcePath",
      (
        SELECT count(*)::integer FROM assets
        WHERE package_id = packages.id AND missing_since IS NULL AND deleted_at IS NULL
      ) AS assets
    FROM packages
    WHERE media_root = ANY (${[...rootIds]}::text[]) AND deleted_at IS NULL`;
}

/** A place in an incoming folder that holds a package's files, and how many of the sample. */
export interface KnownPlace {
  /** Within the incoming folder; '' is the folder itself. */
  readonly place: string;
  readonly known: number;
  /** True when the files are the same, by inode, or copies, by times to the nanosecond. */
  readonly isSame: boolean;
  /** The expected content hashes of a few of the files. */
  readonly hashes: readonly (readonly [relativePath: string, hash: string])[];
}

const SPOT_CHECKS = 3;

/**
 * Finds which files of a sample are a package's assets: the same file on disk, or a file with the same path, size and
 * time. When the package was moved together with folders around it, its paths are suffixes of the files' paths.
 */
export async function knownBelow(sql: Sql, packageId: string, sample: readonly ScannedAsset[]): Promise<KnownPlace[]> {
  const files = sample.map((asset) => ({
    relative_path: asset.relativePath,
    name: asset.relativePath.slice(asset.relativePath.lastIndexOf('/') + 1),
    inode: String(asset.inode),
    size_bytes: asset.size,
    modified_ns: String(asset.modifiedNs),
  }));
  return sql<KnownPlace[]>`
    WITH found AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(files)}::text::json) AS found(
        relative_path text, name text, inode bigint, size_bytes bigint, modified_ns bigint
      )
    ), known AS (
      SELECT '' AS place, found.relative_path, NULL AS content_hash, true AS is_same
      FROM found
      JOIN assets ON assets.package_id = ${packageId}
        AND (assets.inode, assets.size_bytes, assets.modified_ns)
          = (found.inode, found.size_bytes, found.modified_ns)
      UNION
      SELECT
        rtrim(left(found.relative_path, length(found.relative_path) - length(assets.relative_path)), '/'),
        found.relative_path,
        CASE WHEN assets.file_type <> 'sequence' THEN assets.content_hash END,
        assets.modified_ns = found.modified_ns
          AND (assets.modified_ns % 1000000 <> 0 OR assets.inode = found.inode)
      FROM found
      JOIN assets ON assets.package_id = ${packageId} AND assets.name = found.name
        AND assets.size_bytes = found.size_bytes
        -- Copies keep the time, some only to the second.
        AND assets.modified_ns / 1000000000 = found.modified_ns / 1000000000
        AND right('/' || found.relative_path, length(assets.relative_path) + 1) = '/' || assets.relative_path
    )
    SELECT
      place,
      count(DISTINCT relative_path)::integer AS known,
      coalesce(bool_and(is_same), false) AS "isSame",
      coalesce(
        (array_agg(json_build_array(relative_path, content_hash)) FILTER (WHERE content_hash IS NOT NULL))[1:${SPOT_CHECKS}],
        '{}'
      ) AS hashes
    FROM known
    GROUP BY place
    ORDER BY known DESC, length(place)`;
}

/**
 * Moves a package to another folder, together with the decision about it as an incoming folder. Returns false when
 * another package already uses that folder.
 */
export async function renamePackageFolder(sql: TransactionSql, packageId: string, folder: string): Promise<boolean> {
  const [renamed] = await sql<{ former: string }[]>`
    WITH former AS (SELECT source_path FROM packages WHERE id = ${packageId})
    UPDATE packages SET source_path = ${folder}, fingerprint = 'gone'
    FROM former
    WHERE id = ${packageId}
      AND NOT EXISTS (
        SELECT FROM packages AS other WHERE other.project_id = packages.project_id AND other.source_path = ${folder}
      )
    RETURNING former.source_path AS former`;
  if (!renamed) return false;
  const decided = await sql`
    SELECT FROM incoming WHERE package_id = ${packageId} AND source_path = ${renamed.former}`;
  if (decided.count === 0) {
    await sql`
      UPDATE incoming SET status = 'ingested', problem = NULL, package_id = ${packageId} WHERE source_path = ${folder}`;
  } else {
    await sql`DELETE FROM incoming WHERE source_path = ${folder}`;
    await sql`
      UPDATE incoming SET source_path = ${folder}
      WHERE package_id = ${packageId} AND source_path = ${renamed.former}`;
  }
  return true;
}
