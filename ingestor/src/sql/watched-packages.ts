/** Packages whose folders are watched. */
import type { Sql, TransactionSql } from './client.ts';

export interface WatchedPackage {
  readonly id: string;
  readonly sourcePath: string;
  /** Of the tree as its rows have it; null: it was never scanned to its end. */
  readonly fingerprint: string | null;
  /** Something of it is to be done, and no run is about to. */
  readonly hasPending: boolean;
}

/** Of a root; not those that a run is at, a person holds, or nobody has ingested yet. */
export async function watchedPackages(sql: Sql, rootId: string): Promise<WatchedPackage[]> {
  return sql<WatchedPackage[]>`
    SELECT
      packages.id,
      packages.source_path AS "sourcePath",
      packages.fingerprint,
      EXISTS (
        SELECT FROM assets
        WHERE package_id = packages.id AND missing_since IS NULL
          AND 'pending' IN (probe_status, thumbnail_status, proxy_status, sprite_status, waveform_status)
      ) AS "hasPending"
    FROM packages
    JOIN LATERAL (
      SELECT status, held FROM runs WHERE runs.package_id = packages.id ORDER BY created_at DESC, id DESC LIMIT 1
    ) AS run ON true
    WHERE packages.media_root = ${rootId} AND packages.deleted_at IS NULL
      AND run.status IN ('done', 'failed') AND run.held IS NULL
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

/** Packages of a root whose folders are gone, or may be. */
export async function packagesOfRoot(sql: Sql, rootId: string): Promise<{ id: string; sourcePath: string }[]> {
  return sql<{ id: string; sourcePath: string }[]>`
    SELECT id, source_path AS "sourcePath" FROM packages WHERE media_root = ${rootId} AND deleted_at IS NULL`;
}

export interface FileSample {
  readonly relative_path: string;
  readonly device: string;
  readonly inode: string;
  readonly size_bytes: number;
  readonly modified_ns: string;
}

/** How many of some files a package has as its assets: the same file on disk, or one of the same path, size and time. */
export async function countKnown(sql: Sql, packageId: string, sample: readonly FileSample[]): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    SELECT count(DISTINCT found.relative_path)::integer AS count
    FROM json_to_recordset(${JSON.stringify(sample)}::text::json) AS found(
      relative_path text, device bigint, inode bigint, size_bytes bigint, modified_ns bigint
    )
    JOIN assets ON assets.package_id = ${packageId} AND assets.size_bytes = found.size_bytes
      AND (
        (assets.device, assets.inode, assets.modified_ns) = (found.device, found.inode, found.modified_ns)
        -- Copies keep the time to the second at least.
        OR assets.relative_path = found.relative_path AND assets.modified_ns / 1000000000 = found.modified_ns / 1000000000
      )`;
  return row?.count ?? 0;
}

/** The package's folder has another name now. False: another package is there already. */
export async function renamePackageFolder(sql: TransactionSql, packageId: string, folder: string): Promise<boolean> {
  const rows = await sql`
    UPDATE packages SET source_path = ${folder}, fingerprint = 'gone'
    WHERE id = ${packageId}
      AND NOT EXISTS (
        SELECT FROM packages AS other WHERE other.project_id = packages.project_id AND other.source_path = ${folder}
      )
    RETURNING id`;
  return rows.length > 0;
}
