/** Reads and writes the hashes of files that are read again, or in full. */
import { stepStatuses } from '@ingesthub/schema/library/asset-columns.ts';
import { WHOLE_FILE_LIMIT } from '../media/facts/content-hash.ts';
import { type AssetFiles, filesOfAssets, version } from './asset-work.ts';
import type { Sql, TransactionSql } from './client.ts';
import { clearFacts } from './file-columns.ts';

export interface AssetForFixity extends AssetFiles {
  /** Hash from the last full read; null when there was none. */
  readonly fullHash: string | null;
  readonly contentHash: string | null;
}

export async function findForFixity(sql: Sql, ids: readonly string[]): Promise<AssetForFixity[]> {
  return sql<AssetForFixity[]>`
    SELECT ${filesOfAssets(sql)}, assets.full_hash AS "fullHash", assets.content_hash AS "contentHash"
    FROM assets
    JOIN packages ON packages.id = assets.package_id
    WHERE assets.id = ANY (${[...ids]}::uuid[]) AND assets.missing_since IS NULL`;
}

/**
 * Returns a package's large files that were never read in full. The content hash of small files covers them entirely.
 */
export async function withoutFixity(sql: TransactionSql, packageId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    SELECT id FROM assets
    WHERE package_id = ${packageId} AND full_hash IS NULL AND content_hash IS NOT NULL
      AND size_bytes > ${WHOLE_FILE_LIMIT} AND missing_since IS NULL AND deleted_at IS NULL
    ORDER BY size_bytes`;
  return rows.map(({ id }) => id);
}

const DIFFERS =
  'This file was treated as a moved file because its beginning, middle and end match, but the rest differs. Check whether its tags are right.';

/** Writes the full hash, only while the file has the version that was read. */
export async function writeFixity(sql: TransactionSql, asset: AssetForFixity, fullHash: string): Promise<void> {
  const differs = asset.fullHash !== null && asset.fullHash !== fullHash;
  await sql`
    UPDATE assets SET
      full_hash = ${fullHash},
      problem = CASE WHEN ${differs} THEN coalesce(problem, ${DIFFERS}) ELSE problem END
    WHERE id = ${asset.id} AND ${version(sql)} = ${asset.version} AND full_hash IS DISTINCT FROM ${fullHash}`;
}

/** Marks a file as changed although its size and time are the same: it is processed like a new file. */
export async function markChanged(sql: TransactionSql, asset: AssetForFixity): Promise<void> {
  const again = stepStatuses.map((status) => `${status} = CASE ${status} WHEN 'none' THEN 'none' ELSE 'pending' END`);
  await sql`
    UPDATE assets SET
      ${sql.unsafe(again.join(', '))}, ${clearFacts(sql)}, problem = NULL
    WHERE id = ${asset.id} AND ${version(sql)} = ${asset.version}`;
}
