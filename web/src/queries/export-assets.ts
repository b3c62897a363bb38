/** Assets as exports list them. */
import type { AssetRow } from '@ingesthub/schema/library/rows.ts';
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';

const exportedColumns = [
  'id',
  'name',
  'file_type',
  'asset_type',
  'camera',
  'review_status',
  'size_bytes',
  'modified_at',
  'missing_since',
  'width',
  'height',
  'duration_seconds',
  'first_frame',
  'last_frame',
  'missing_frames',
  'yaw',
  'pitch',
  'roll',
  'sharpness',
  'picked_up_at',
  'picked_up_by',
  'problem',
  'thumbnail_status',
  'thumbnail_version',
] as const satisfies readonly (keyof AssetRow)[];

export interface ExportRow extends Pick<AssetRow, (typeof exportedColumns)[number]> {
  readonly project: string;
  readonly package: string;
  readonly subject: string | null;
  /** The package's folder on the ingestor's host, without a trailing slash. */
  readonly source_path: string;
  /** The path within the package's folder, including the name. */
  readonly relative_path: string;
  readonly tags: readonly string[];
  /** Null: unknown, or the package's metadata is not on this device. */
  readonly codec: string | null;
  readonly frame_rate: number | null;
}

/** {@link ExportRow} rows of assets that are not deleted, in no order. */
export function exportRowsQuery(ids: readonly string[]): Statement {
  return {
    text: `
      SELECT ${exportedColumns.map((column) => `assets.${column}`).join(', ')},
        projects.name AS project, packages.name AS package, subjects.name AS subject, packages.source_path,
        coalesce(nullif(folders.path, '') || '/', '') || assets.name AS relative_path,
        ARRAY (SELECT tag FROM asset_tags WHERE asset_tags.asset_id = assets.id ORDER BY tag) AS tags,
        asset_metadata.codec,
        asset_metadata.frame_rate_numerator::double precision / nullif(asset_metadata.frame_rate_denominator, 0) AS frame_rate
      FROM assets
      JOIN packages ON packages.id = assets.package_id
      JOIN projects ON projects.id = assets.project_id
      LEFT JOIN folders ON folders.package_id = assets.package_id AND folders.number = assets.folder
      LEFT JOIN subjects ON subjects.id = assets.subject_id AND subjects.deleted_at IS NULL
      LEFT JOIN asset_metadata ON asset_metadata.asset_id = assets.id
      WHERE assets.id = ANY ($1::uuid[]) AND assets.deleted_at IS NULL`,
    values: [ids],
  };
}

export interface SourceFolderRow {
  readonly source_path: string;
}

/** {@link SourceFolderRow} rows: the folders of the packages that some assets are in, each once. */
export function sourceFoldersQuery(ids: readonly string[]): Statement {
  return {
    text: `
      SELECT source_path FROM packages
      WHERE id IN (SELECT package_id FROM assets WHERE assets.id = ANY ($1::uuid[]) AND assets.deleted_at IS NULL)`,
    values: [ids],
  };
}
