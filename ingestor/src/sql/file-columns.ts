/** The asset columns that identify a file, and SQL text that lists and sets columns of assets. */
import { type AssetColumnName, assetColumns, columnsWith } from '@ingesthub/schema/library/asset-columns.ts';
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import type { StoredPath } from '@ingesthub/schema/paths/stored-path.ts';
import type { ScannedAsset } from '../scan/assets-of.ts';
import type { Sql, TransactionSql } from './client.ts';

export const SCANNED_COLUMNS = columnsWith({ writer: 'scan' });

/** Columns that may change while the file stays the same, so that its facts remain valid. */
export const PLACE_COLUMNS = columnsWith({ writer: 'scan', belongsTo: 'place' });

/** Returns the column values of a scanned file. 64-bit numbers are text, because JSON cannot hold them. */
export function fileColumns(asset: ScannedAsset) {
  const { sequence } = asset;
  return {
    relative_path: asset.relativePath,
    name: asset.relativePath.slice(asset.relativePath.lastIndexOf('/') + 1),
    file_type: asset.fileType,
    size_bytes: asset.size,
    modified_at: asset.modifiedAt,
    device: String(asset.device),
    inode: String(asset.inode),
    modified_ns: String(asset.modifiedNs),
    changed_ns: String(asset.changedNs),
    first_frame: sequence?.first ?? null,
    last_frame: sequence?.last ?? null,
    frame_count: sequence?.count ?? null,
    frame_padding: sequence?.padding ?? null,
    missing_frames: sequence?.missing ?? null,
    duplicate_frames: sequence?.duplicates ?? null,
    sidecar_of: asset.sidecarOf,
  } satisfies Record<(typeof SCANNED_COLUMNS)[number], unknown>;
}

/** An asset's file as its row records it. */
export interface FileOfRow {
  readonly id: string;
  readonly packageId: string;
  /** Absolute path of its package. */
  readonly sourcePath: StoredPath;
  readonly relativePath: string;
  readonly fileType: FileType;
  /** Bytes; for a sequence, the sum of all frames. */
  readonly size: number;
  /** Nanoseconds since 1970, as text; for a sequence, combined from all frames. Null when unknown. */
  readonly modifiedNs: string | null;
  readonly firstFrame: number | null;
  readonly lastFrame: number | null;
  readonly framePadding: number | null;
  readonly missingFrames: string | null;
}

/** The columns of {@link FileOfRow}, from `assets` and `packages`. */
export function fileOfRow(sql: Sql | TransactionSql) {
  return sql`
    assets.id,
    assets.package_id AS "packageId",
    packages.source_path AS "sourcePath",
    assets.relative_path AS "relativePath",
    assets.file_type AS "fileType",
    assets.size_bytes::float8 AS size,
    assets.modified_ns::text AS "modifiedNs",
    assets.first_frame AS "firstFrame",
    assets.last_frame AS "lastFrame",
    assets.frame_padding AS "framePadding",
    assets.missing_frames AS "missingFrames"`;
}

/** Returns `relative_path, name, …` @param from the alias of the rows, when the names need one. */
export function columnNames(sql: Sql | TransactionSql, columns: readonly AssetColumnName[], from?: string) {
  return sql.unsafe(columns.map((column) => (from === undefined ? column : `${from}.${column}`)).join(', '));
}

/** Returns `relative_path text, name text, …`, for `json_to_recordset`. */
export function columnTypes(sql: Sql | TransactionSql, columns: readonly AssetColumnName[]) {
  return sql.unsafe(columns.map((column) => `${column} ${assetColumns[column].type}`).join(', '));
}

/** Returns `relative_path = found.relative_path, …` @param from the alias of the rows that hold the values. */
export function setColumns(sql: Sql | TransactionSql, columns: readonly AssetColumnName[], from: string) {
  return sql.unsafe(columns.map((column) => `${column} = ${from}.${column}`).join(', '));
}

/** Returns `content_hash = NULL, …`: the facts and derivatives of a file that has been replaced. */
export function clearFacts(sql: Sql | TransactionSql) {
  return sql.unsafe(
    columnsWith({ newWork: 'clears' })
      .map((column) => `${column} = NULL`)
      .join(', '),
  );
}
