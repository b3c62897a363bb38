/** The asset columns that identify a file, shared by all statements that write them. */
import type { ScannedAsset } from '../scan/assets-of.ts';
import type { Sql, TransactionSql } from './client.ts';

/** Their types for `json_to_recordset`. */
const FILE_COLUMNS = {
  relative_path: 'text',
  name: 'text',
  file_type: 'text',
  size_bytes: 'bigint',
  modified_at: 'timestamptz',
  device: 'bigint',
  inode: 'bigint',
  modified_ns: 'bigint',
  changed_ns: 'bigint',
  first_frame: 'integer',
  last_frame: 'integer',
  frame_count: 'integer',
  frame_padding: 'integer',
  missing_frames: 'text',
  duplicate_frames: 'text',
} as const;
type FileColumn = keyof typeof FILE_COLUMNS;
const NAMES = Object.keys(FILE_COLUMNS) as FileColumn[];

/** Columns that may change while the file stays the same, so that its facts remain valid. */
export const PLACE_COLUMNS: readonly FileColumn[] = NAMES.filter(
  (column) => !['file_type', 'size_bytes', 'first_frame', 'last_frame', 'missing_frames'].includes(column),
);

export const FILE_COLUMNS_BUT_PATH: readonly FileColumn[] = NAMES.filter((column) => column !== 'relative_path');

/** Columns that hold a file's facts and derivatives. */
export const FACT_COLUMNS: readonly string[] = [
  ...['content_hash', 'full_hash', 'width', 'height', 'duration_seconds', 'pitch', 'yaw', 'roll', 'sharpness'],
  ...['placeholder', 'problem', 'probe_status'],
  ...['thumbnail', 'proxy', 'sprite', 'waveform'].flatMap((step) => [`${step}_status`, `${step}_key`]),
];

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
  } satisfies Record<FileColumn, unknown>;
}

/** Returns `relative_path, name, …` */
export function fileNames(sql: Sql | TransactionSql) {
  return sql.unsafe(NAMES.join(', '));
}

/** Returns `relative_path text, name text, …` */
export function fileTypes(sql: Sql | TransactionSql) {
  return sql.unsafe(NAMES.map((column) => `${column} ${FILE_COLUMNS[column]}`).join(', '));
}

/** Returns `relative_path = found.relative_path, …` @param from the alias of the rows that hold the values. */
export function setFile(sql: Sql | TransactionSql, from: string, columns: readonly FileColumn[] = NAMES) {
  return sql.unsafe(columns.map((column) => `${column} = ${from}.${column}`).join(', '));
}
