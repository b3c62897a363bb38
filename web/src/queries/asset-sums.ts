/** Values that several assets have in common, and sums over them. */
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';

/** Facts of which a selection has one value, several, or none. */
export const sharedFacts = [
  'project',
  'package',
  'subject',
  'camera',
  'file_type',
  'asset_type',
  'review_status',
  'resolution',
  'codec',
  'frame_rate',
  'picked_up_by',
] as const;
export type SharedFact = (typeof sharedFacts)[number];

/** The least and the greatest value as text, and how many assets have one. */
type FactColumns = {
  readonly [Fact in SharedFact as `${Fact}_least` | `${Fact}_most`]: string | null;
} & { readonly [Fact in SharedFact as `${Fact}_known`]: number };

export interface AssetSumsRow extends FactColumns {
  readonly assets: number;
  readonly size_bytes: number;
  readonly duration_seconds: number | null;
  /** Assets with a known duration. */
  readonly timed: number;
  readonly missing: number;
  readonly problems: number;
  readonly picked_up: number;
  readonly sharpness_least: number | null;
  readonly sharpness_most: number | null;
  readonly yaw_least: number | null;
  readonly yaw_most: number | null;
  readonly pitch_least: number | null;
  readonly pitch_most: number | null;
}

const expressions: Readonly<Record<SharedFact, string>> = {
  project: 'projects.name',
  package: 'packages.name',
  subject: 'subjects.name',
  camera: 'assets.camera',
  file_type: 'assets.file_type',
  asset_type: 'assets.asset_type',
  review_status: 'assets.review_status',
  resolution: "assets.width || ' × ' || assets.height",
  codec: 'asset_metadata.codec',
  frame_rate: "asset_metadata.frame_rate_numerator || '/' || asset_metadata.frame_rate_denominator",
  picked_up_by: 'assets.picked_up_by',
};

/** One {@link AssetSumsRow} of assets that are not deleted. */
export function assetSumsQuery(ids: readonly string[]): Statement {
  const facts = sharedFacts.map((fact) => {
    const value = expressions[fact];
    return `min(${value}) AS ${fact}_least, max(${value}) AS ${fact}_most, count(${value})::integer AS ${fact}_known`;
  });
  const ranges = ['sharpness', 'yaw', 'pitch'].map(
    (column) => `min(${column}) AS ${column}_least, max(${column}) AS ${column}_most`,
  );
  return {
    text: `
      SELECT count(*)::integer AS assets, coalesce(sum(size_bytes), 0)::bigint AS size_bytes,
        sum(duration_seconds) AS duration_seconds, count(duration_seconds)::integer AS timed,
        count(missing_since)::integer AS missing, count(assets.problem)::integer AS problems,
        count(assets.picked_up_at)::integer AS picked_up, ${[...ranges, ...facts].join(', ')}
      FROM assets
      JOIN packages ON packages.id = assets.package_id
      JOIN projects ON projects.id = assets.project_id
      LEFT JOIN subjects ON subjects.id = assets.subject_id AND subjects.deleted_at IS NULL
      LEFT JOIN asset_metadata ON asset_metadata.asset_id = assets.id
      WHERE assets.id = ANY ($1::uuid[]) AND assets.deleted_at IS NULL`,
    values: [ids],
  };
}
