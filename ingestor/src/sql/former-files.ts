/**
 * Remembers the files that assets had before another file took their name. That is usually an edit, but the former file
 * may have moved to a folder that is scanned later, and must be recognised there.
 */
import {
  type AssetColumnName,
  assetColumnNames,
  assetColumns,
  columnsWith,
} from '@ingesthub/schema/library/asset-columns.ts';
import { v7 as uuid } from 'uuid';
import type { Sql, TransactionSql } from './client.ts';
import { columnNames, columnTypes, setColumns } from './file-columns.ts';
import type { KnownAsset } from './known-assets.ts';
import { mergeAssets } from './merge-assets.ts';

/** The columns of an asset's row that `former_files` keeps. */
export const FORMER_COLUMNS: readonly AssetColumnName[] = [
  'file_type',
  'size_bytes',
  'inode',
  'modified_ns',
  'changed_ns',
  'content_hash',
];

/** Columns that go with a file to the asset that it belongs to. Its path follows when it is free. */
const COLUMNS_OF_FILE = [...columnsWith({ writer: 'scan' }), ...columnsWith({ writer: 'probe' })].filter(
  (column) => column !== 'relative_path',
);

/** Columns that a new asset copies from the one that leaves it its file: what people said of that asset stays with it. */
const COPIED_COLUMNS = assetColumnNames.filter(
  (column) =>
    assetColumns[column].writer !== 'person' &&
    !['id', 'relative_path', 'created_at', 'updated_at', 'updated_by'].includes(column),
);

/** Records the former files of these assets, and forgets those that were not found within a month. */
export async function keepFormerFiles(sql: TransactionSql, rows: readonly KnownAsset[]): Promise<void> {
  if (rows.length === 0) return;
  const files = rows.map((row) => ({
    asset_id: row.id,
    file_type: row.fileType,
    size_bytes: row.size,
    inode: row.inode,
    modified_ns: row.modifiedNs,
    changed_ns: row.changedNs,
    content_hash: row.contentHash,
  }));
  await sql`DELETE FROM former_files WHERE since < now() - interval '30 days'`;
  // When a file is replaced repeatedly, the first one is the picture that people know.
  await sql`
    INSERT INTO former_files (asset_id, ${columnNames(sql, FORMER_COLUMNS)})
    SELECT asset_id, ${columnNames(sql, FORMER_COLUMNS)}
    FROM json_to_recordset(${JSON.stringify(files)}::text::json) AS former(
      asset_id uuid, ${columnTypes(sql, FORMER_COLUMNS)}
    )
    ON CONFLICT (asset_id) DO NOTHING`;
}

/** Returns the assets of a project whose former file had one of these content hashes. */
export async function formersOfContents(
  sql: Sql,
  projectId: string,
  hashes: readonly string[],
): Promise<{ id: string; contentHash: string }[]> {
  if (hashes.length === 0) return [];
  return sql<{ id: string; contentHash: string }[]>`
    SELECT assets.id, former.content_hash AS "contentHash"
    FROM former_files AS former JOIN assets ON assets.id = former.asset_id
    WHERE former.content_hash = ANY (${[...hashes]}::text[]) AND assets.project_id = ${projectId}`;
}

/** An asset whose former file was found, and the asset that a scan created for that file. */
export interface FoundFormer {
  readonly oldId: string;
  readonly newId: string;
}

/**
 * Gives assets their former files back, with the facts about those. The asset created for a former file merges into the
 * old asset; the file that had taken the old asset's name becomes an asset of its own.
 *
 * @returns the ids of those new assets.
 */
export async function takeFormerFiles(sql: TransactionSql, moves: readonly FoundFormer[]): Promise<string[]> {
  if (moves.length === 0) return [];
  const named = moves.map(({ oldId, newId }) => ({ old_id: oldId, new_id: newId, fresh_id: uuid() }));
  const pair = sql`
    json_to_recordset(${JSON.stringify(named)}::text::json) AS pair(old_id uuid, new_id uuid, fresh_id uuid)`;
  const paths = await sql<{ id: string; path: string }[]>`
    SELECT pair.old_id AS id, assets.relative_path AS path FROM ${pair} JOIN assets ON assets.id = pair.new_id
    UNION ALL
    SELECT pair.fresh_id, assets.relative_path FROM ${pair} JOIN assets ON assets.id = pair.old_id
    WHERE assets.missing_since IS NULL`;
  // Only one asset on disk may have a path, so all leave their paths before any takes a new one.
  const fresh = await sql<{ id: string }[]>`
    INSERT INTO assets (id, relative_path, ${columnNames(sql, COPIED_COLUMNS)})
    SELECT pair.fresh_id, pair.fresh_id || '//', ${columnNames(sql, COPIED_COLUMNS, 'old')}
    FROM ${pair} JOIN assets AS old ON old.id = pair.old_id
    WHERE old.missing_since IS NULL
    RETURNING id`;
  for (const table of ['asset_metadata', 'asset_frames'] as const) {
    const give = (from: 'old_id' | 'new_id', to: 'fresh_id' | 'old_id') => sql`
      INSERT INTO ${sql(table)}
      SELECT given.*
      FROM ${pair}
      JOIN ${sql(table)} AS part ON part.asset_id = pair.${sql(from)}
      JOIN assets ON assets.id = pair.${sql(to)},
        jsonb_populate_record(part, jsonb_build_object('asset_id', pair.${sql(to)})) AS given`;
    await give('old_id', 'fresh_id');
    await sql`DELETE FROM ${sql(table)} WHERE asset_id = ANY (${moves.map(({ oldId }) => oldId)}::uuid[])`;
    await give('new_id', 'old_id');
  }
  await sql`
    UPDATE assets SET
      package_id = found.package_id, relative_path = assets.id || '//', missing_since = NULL,
      ${setColumns(sql, COLUMNS_OF_FILE, 'found')}
    FROM ${pair} JOIN assets AS found ON found.id = pair.new_id
    WHERE assets.id = pair.old_id`;
  await mergeAssets(
    sql,
    moves.map(({ oldId, newId }) => ({ id: newId, intoId: oldId })),
  );
  await sql`
    UPDATE assets SET relative_path = place.path
    FROM json_to_recordset(${JSON.stringify(paths)}::text::json) AS place(id uuid, path text)
    WHERE assets.id = place.id`;
  await sql`DELETE FROM former_files WHERE asset_id = ANY (${moves.map(({ oldId }) => oldId)}::uuid[])`;
  return fresh.map(({ id }) => id);
}
