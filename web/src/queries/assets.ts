/** Assets by id: what a tile shows of many, and all there is of one. */
import type { AssetRow } from '@ingesthub/schema/rows.ts';
import type { LiveQueryInput } from '../replica/create-live-query.ts';

const tileColumns = [
  'id',
  'relative_path',
  'name',
  'file_type',
  'asset_type',
  'missing_since',
  'width',
  'height',
  'duration_seconds',
  'first_frame',
  'last_frame',
  'missing_frames',
  'probe_status',
  'thumbnail_status',
  'thumbnail_key',
  'problem',
  'tags',
  'review_status',
] as const satisfies readonly (keyof AssetRow)[];

export type AssetTile = Pick<AssetRow, (typeof tileColumns)[number]>;

/** {@link AssetTile} rows, in no order. */
export function assetTilesQuery(ids: readonly string[]): LiveQueryInput {
  return {
    tables: ['assets'],
    statement: {
      text: `SELECT ${tileColumns.join(', ')} FROM assets WHERE id = ANY ($1::uuid[])`,
      values: [ids],
    },
  };
}

export interface AssetDetail extends AssetRow {
  readonly subject_name: string | null;
  /** The package's folder on the ingestor's host, without a slash at its end. */
  readonly source_path: string;
}

/** One {@link AssetDetail}, or none. */
export function assetDetailQuery(id: string): LiveQueryInput {
  return {
    tables: ['assets', 'subjects', 'packages'],
    statement: {
      text: `
        SELECT assets.*, subjects.name AS subject_name, packages.source_path
        FROM assets
        JOIN packages ON packages.id = assets.package_id
        LEFT JOIN subjects ON subjects.id = assets.subject_id
        WHERE assets.id = $1`,
      values: [id],
    },
  };
}
