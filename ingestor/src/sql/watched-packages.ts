/** Packages whose folders are watched. */
import type { StoredPath } from '@ingesthub/schema/stored-path.ts';
import type { ScannedAsset } from '../scan/assets-of.ts';
import type { Sql, TransactionSql } from './client.ts';

export interface WatchedPackage {
  readonly id: string;
  readonly sourcePath: StoredPath;
  /** Of the tree as its rows have it; null: it was never scanned to its end. */
  readonly fingerprint: string | null;
  /** Something of it is to be done, and no run is about to. */
  readonly hasPending: boolean;
  /** Its last run failed: what it failed by may be over. */
  readonly hasFailed: boolean;
}

/** Of a root; not those that a run is looking at, a person holds, or nobody has ingested yet. */
export async function watchedPackages(sql: Sql, rootId: string): Promise<WatchedPackage[]> {
  return sql<WatchedPackage[]>`
    SELECT
      packages.id,
      packages.source_path AS "sourcePath",
      packages.fingerprint,
      run.status <> 'processing' AND EXISTS (
        SELECT FROM assets
        WHERE package_id = packages.id AND missing_since IS NULL AND deleted_at IS NULL
          AND 'pending' IN (probe_status, thumbnail_status, proxy_status, sprite_status, waveform_status)
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
 * Says that a package's folder is not where it was. Its assets stay as they are: a folder that was renamed is found
 * again, and one that is back is scanned anew.
 *
 * @returns whether that is news.
 */
export async function markFolderGone(sql: TransactionSql, packageId: string, folder: string): Promise<boolean> {
  const rows = await sql`
    UPDATE packages SET
      fingerprint = 'gone',
      status = 'error',
      problem = ${`The folder ${folder} is gone: put it back, or delete the package. A folder of the same files with another name is found by itself.`}
    WHERE id = ${packageId} AND fingerprint IS DISTINCT FROM 'gone'
    RETURNING id`;
  return rows.length > 0;
}

/** With how many assets each has on disk, as far as is known. */
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

/** Where in a folder that was found a package's files are, and how many of a sample. */
export interface KnownPlace {
  /** Within that folder; '' is itself. */
  readonly place: string;
  readonly known: number;
  /** They are the very files, by their places on disk, or copies, by times to the nanosecond. */
  readonly isSame: boolean;
  /** Of a few of them the content hash that they should have. */
  readonly hashes: readonly (readonly [relativePath: string, hash: string])[];
}

const SPOT_CHECKS = 3;

/**
 * Which of some files are a package's assets: the same file on disk, or one of the same path, size and time. Moved
 * with folders around it, the package's paths are the ends of theirs.
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
        -- Copies keep the time, some to the second alone.
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
 * The package's folder is elsewhere now, and with it what was decided about it when it was found. False: another
 * package is there already.
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
