/** The resolution and the codec that most clips of a package have. */
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

/** Clips of a package that have the same facts. */
export interface ClipCountRow {
  readonly package_id: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly codec: string | null;
  /** Whether the codec's table has a row: it comes only with packages that were opened on this device. */
  readonly has_metadata: boolean;
  readonly count: number;
}

export interface ClipFacts {
  /** Null: not known. */
  readonly resolution: string | null;
  readonly codec: string | null;
}

/** Shown where fewer than {@link AGREEING} of the clips agree. */
const MIXED = 'Mixed';
const AGREEING = 0.8;

/** {@link ClipCountRow} rows. They are read again when the packages change, not with each asset: an ingest changes thousands. */
export function clipCountsQuery(packageIds: readonly string[]): LiveQueryInput {
  return {
    reads: [{ table: 'packages', columns: ['status', 'deleted_at'] }],
    statement: {
      text: `
        SELECT assets.package_id, assets.width, assets.height, asset_metadata.codec,
          asset_metadata.asset_id IS NOT NULL AS has_metadata, count(*)::integer AS count
        FROM assets LEFT JOIN asset_metadata ON asset_metadata.asset_id = assets.id
        WHERE assets.package_id = ANY ($1::uuid[]) AND assets.deleted_at IS NULL AND assets.sidecar_of IS NULL
          AND assets.file_type IN ('video', 'sequence')
        GROUP BY 1, 2, 3, 4, 5`,
      values: [packageIds],
    },
  };
}

/** Sums up the clips of one package. */
export function clipFacts(rows: readonly ClipCountRow[]): ClipFacts {
  return {
    resolution: mostCommon(
      rows.map(({ width, height, count }) => [
        width === null || height === null ? null : `${width} × ${height}`,
        count,
      ]),
    ),
    // A part of the codecs says nothing about the package.
    codec: rows.every((row) => row.has_metadata) ? mostCommon(rows.map(({ codec, count }) => [codec, count])) : null,
  };
}

function mostCommon(values: readonly (readonly [string | null, number])[]): string | null {
  const counts = new Map<string, number>();
  for (const [value, count] of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + count);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (most === undefined) return null;
  return most[1] >= AGREEING * all ? most[0] : MIXED;
}
