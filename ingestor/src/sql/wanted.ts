/** Assets that people are looking at. */
import { anyStepIs } from '@ingesthub/schema/library/asset-columns.ts';
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import type { TransactionSql } from './client.ts';

export interface WantedAsset {
  readonly id: string;
  readonly packageId: string;
  readonly rootId: string;
  readonly fileType: FileType;
  readonly probed: boolean;
}

/** Most assets taken at a time: a few screens full. */
const LIMIT = 1000;
/** Age at which a request expires: no ingestor of its root took it. */
const STALE = '10 minutes';

/** Takes wanted assets in these roots and returns those that wait for previews; the others need nothing. */
export async function takeWanted(sql: TransactionSql, rootIds: readonly string[]): Promise<WantedAsset[]> {
  await sql`DELETE FROM wanted WHERE wanted_at < now() - ${STALE}::interval`;
  return sql<WantedAsset[]>`
    WITH taken AS (
      DELETE FROM wanted WHERE asset_id IN (
        SELECT asset_id
        FROM wanted
        JOIN assets ON assets.id = wanted.asset_id
        JOIN packages ON packages.id = assets.package_id
        WHERE packages.media_root = ANY (${[...rootIds]}::text[])
        ORDER BY wanted_at
        LIMIT ${LIMIT}
        FOR UPDATE OF wanted SKIP LOCKED
      )
      RETURNING asset_id
    )
    SELECT
      assets.id,
      assets.package_id AS "packageId",
      packages.media_root AS "rootId",
      file_type AS "fileType",
      probe_status <> 'pending' AS probed
    FROM taken
    JOIN assets ON assets.id = taken.asset_id
    JOIN packages ON packages.id = assets.package_id
    WHERE missing_since IS NULL
      AND ${sql.unsafe(anyStepIs('pending'))}`;
}
