/** Assets by id: the tile columns of many, and all details of one. */
import type { AssetMetadataRow, AssetRow } from '@ingesthub/schema/library/rows.ts';
import { mirroredColumns, type Scope } from '../replica/model/mirror-questions.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import type { TableRead } from '../replica/read/table-reads.ts';
import { scopeReads } from './asset-scope.ts';

const tileColumns = [
  'id',
  'package_id',
  'name',
  'file_type',
  'asset_type',
  'subject_id',
  'camera',
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
  'placeholder',
  'thumbnail_status',
  'thumbnail_version',
  'sprite_version',
  'waveform_version',
  'problem',
  'review_status',
  'picked_up_at',
] as const satisfies readonly (keyof AssetRow)[];

/** An asset's path and tags, which are stored in tables of their own. */
interface AssetRelations {
  /** The path within the package's source folder, including the name. */
  readonly relative_path: string;
  readonly tags: readonly string[];
}

export type AssetTile = Pick<AssetRow, (typeof tileColumns)[number]> &
  AssetRelations & {
    /** Null in a list of one package's assets. */
    readonly package_name: string | null;
  };

// During the first load an asset may arrive before its folder.
const relationColumns = `
  coalesce(nullif(folders.path, '') || '/', '') || assets.name AS relative_path,
  ARRAY (SELECT tag FROM asset_tags WHERE asset_tags.asset_id = assets.id ORDER BY tag) AS tags`;
/** A join, which reads the folders once: a subquery for each row would double PGlite's time for the statement. */
const withFolder = `
  LEFT JOIN folders ON folders.package_id = assets.package_id AND folders.number = assets.folder`;

/** {@link AssetTile} rows of a scope's assets, in no order. */
export function assetTilesQuery(scope: Scope, ids: readonly string[]): LiveQueryInput {
  const columns = tileColumns.map((column) => `assets.${column}`).join(', ');
  const isOne = scope.kind === 'package';
  return {
    reads: tileReads(scope),
    statement: {
      text: `
        SELECT ${columns}, ${isOne ? 'NULL' : 'packages.name'} AS package_name, ${relationColumns}
        FROM assets ${withFolder} ${isOne ? '' : 'JOIN packages ON packages.id = assets.package_id'}
        WHERE assets.id = ANY ($1::uuid[])`,
      values: [ids],
    },
  };
}

/** The table reads behind {@link AssetTile} rows of a scope. */
export function tileReads(scope: Scope): TableRead[] {
  const names = scope.kind === 'package' ? [] : [{ table: 'packages', columns: ['name'] }];
  return scopeReads(scope, [
    { table: 'assets', columns: tileColumns },
    { table: 'asset_tags' },
    { table: 'folders' },
    ...names,
  ]);
}

/** The table reads behind a scope's order and counts. */
export function listReads(scope: Scope): TableRead[] {
  return scopeReads(scope, [
    { table: 'assets', columns: mirroredColumns },
    { table: 'asset_tags' },
    { table: 'folders' },
  ]);
}

export type AssetDetail = AssetRow &
  AssetRelations & {
    [Column in keyof Omit<AssetMetadataRow, 'asset_id' | 'package_id'>]: AssetMetadataRow[Column] | null;
  } & {
    readonly subject_name: string | null;
    readonly package_name: string;
    readonly project_id: string;
    readonly project_name: string;
    /** Whether the package's metadata has arrived on this device. */
    readonly has_metadata: boolean;
    /** The package's folder on the ingestor's host, without a trailing slash. */
    readonly source_path: string;
  };

/** One {@link AssetDetail}, or none. Its metadata is null until `Replica.needMetadata` has loaded its package's. */
export function assetDetailQuery(id: string): LiveQueryInput {
  return {
    reads: ['assets', 'asset_tags', 'asset_metadata', 'folders', 'subjects', 'packages'].map((table) => ({ table })),
    statement: {
      text: `
        SELECT assets.*, ${relationColumns}, subjects.name AS subject_name,
          packages.name AS package_name, packages.source_path,
          asset_metadata.frame_rate_numerator, asset_metadata.frame_rate_denominator, asset_metadata.codec,
          asset_metadata.audio_codec, asset_metadata.audio_channels, asset_metadata.sample_rate, asset_metadata.details,
          asset_metadata.asset_id IS NOT NULL AS has_metadata, projects.name AS project_name
        FROM assets ${withFolder}
        JOIN packages ON packages.id = assets.package_id
        JOIN projects ON projects.id = assets.project_id
        LEFT JOIN subjects ON subjects.id = assets.subject_id AND subjects.deleted_at IS NULL
        LEFT JOIN asset_metadata ON asset_metadata.asset_id = assets.id
        WHERE assets.id = $1 AND assets.deleted_at IS NULL`,
      values: [id],
    },
  };
}
