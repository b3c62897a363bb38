/** The filter of a package's assets, and its SQL condition. */

import { assetType, fileType, reviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { containsPattern, escapeLike, type Parameters } from '@ingesthub/schema/values/sql-text.ts';
import { z } from 'zod';

export const assetSort = z.enum(['name', 'date', 'size', 'duration', 'pose', 'status']);
export type AssetSort = z.infer<typeof assetSort>;

/** A range including both ends; null means no limit on that side. */
const range = z.object({ from: z.number().nullable(), to: z.number().nullable() });
export type Range = z.infer<typeof range>;

/** The values in a list are alternatives, except tags: an asset must have all of them. An empty list matches all. */
const assetFilter = z.object({
  fileTypes: z.array(fileType),
  assetTypes: z.array(assetType),
  reviewStatuses: z.array(reviewStatus),
  /** Null means either. */
  pickedUp: z.boolean().nullable(),
  /** Ids; null in the list matches assets without a known subject. */
  subjects: z.array(z.uuid().nullable()),
  /** Null in the list matches assets without a known camera. */
  cameras: z.array(z.string().nullable()),
  tags: z.array(z.string()),
  sizeBytes: range.nullable(),
  durationSeconds: range.nullable(),
  /** A box in degrees that includes its lower but not its upper bounds, like the bins of the pose matrix. */
  pose: z.object({ yaw: z.tuple([z.number(), z.number()]), pitch: z.tuple([z.number(), z.number()]) }).nullable(),
  /** Only assets with a problem. */
  problem: z.boolean(),
  /** Whether files on a camera's card that only tell about a clip or the card are listed too. */
  sidecars: z.boolean(),
  /** A part of the path within the package, matched case-insensitively. */
  text: z.string(),
  sort: assetSort,
  descending: z.boolean(),
});
export type AssetFilter = z.infer<typeof assetFilter>;

export const emptyAssetFilter: AssetFilter = {
  fileTypes: [],
  assetTypes: [],
  reviewStatuses: [],
  pickedUp: null,
  subjects: [],
  cameras: [],
  tags: [],
  sizeBytes: null,
  durationSeconds: null,
  pose: null,
  problem: false,
  sidecars: false,
  text: '',
  sort: 'name',
  descending: false,
};

/** Returns true when the filter asks for something else than the usual list. A sort order alone does not. */
export function isFiltering(filter: AssetFilter): boolean {
  const { sort: _sort, descending: _descending, ...conditions } = filter;
  return Object.values(conditions).some((value) =>
    Array.isArray(value) || typeof value === 'string' ? value.length > 0 : value !== null && value !== false,
  );
}

/** Facts about a package that are read before the condition is built, so that each form of it can use an index. */
export interface FilterFacts {
  /** Numbers of the folders whose path, with a slash after it, contains the filter's text. */
  readonly folders: readonly number[];
  /** Numbers of the folders whose path ends with the text up to its last slash: the rest starts a file name there. */
  readonly foldersBefore: readonly number[];
  /** An upper bound for the number of assets with all of the filter's tags; null without tags. */
  readonly taggedAtMost: number | null;
}

/** Up to this many tagged assets are looked up by id; with more, the assets are scanned in order. */
const FEW_TAGGED = 3000;

/**
 * Builds the filter's condition on `assets`; `true` when it matches all. Does not include package and deletion,
 * which `asset-pages.ts` adds.
 */
export function assetCondition(
  packageId: string,
  filter: AssetFilter,
  facts: FilterFacts,
  parameters: Parameters,
): string {
  const conditions = [
    ...oneOf('file_type', 'text', filter.fileTypes, parameters),
    ...oneOf('asset_type', 'text', filter.assetTypes, parameters),
    ...oneOf('review_status', 'text', filter.reviewStatuses, parameters),
    ...(filter.pickedUp === null ? [] : [`picked_up_at IS ${filter.pickedUp ? 'NOT NULL' : 'NULL'}`]),
    ...oneOf('subject_id', 'uuid', filter.subjects, parameters),
    ...oneOf('camera', 'text', filter.cameras, parameters),
    ...within('size_bytes', 'bigint', filter.sizeBytes, parameters),
    ...within('duration_seconds', 'double precision', filter.durationSeconds, parameters),
    ...inBox(filter.pose, parameters),
    ...(filter.problem ? ['problem IS NOT NULL'] : []),
    ...(filter.sidecars ? [] : ['sidecar_of IS NULL']),
    ...tagged(packageId, filter.tags, facts, parameters),
    ...containing(filter.text, facts, parameters),
  ];
  return conditions.length === 0 ? 'true' : conditions.join('\n  AND ');
}

function oneOf(
  column: string,
  type: 'text' | 'uuid',
  values: readonly (string | null)[],
  parameters: Parameters,
): string[] {
  if (values.length === 0) return [];
  const known = values.filter((value) => value !== null);
  const alternatives = [
    ...(known.length > 0 ? [`${column} = ANY (${parameters.add(known)}::${type}[])`] : []),
    ...(known.length < values.length ? [`${column} IS NULL`] : []),
  ];
  return [`(${alternatives.join(' OR ')})`];
}

function within(column: string, type: string, asked: Range | null, parameters: Parameters): string[] {
  if (asked === null) return [];
  return [
    ...(asked.from === null ? [] : [`${column} >= ${parameters.add(asked.from)}::${type}`]),
    ...(asked.to === null ? [] : [`${column} <= ${parameters.add(asked.to)}::${type}`]),
  ];
}

function inBox(pose: AssetFilter['pose'], parameters: Parameters): string[] {
  if (pose === null) return [];
  return (['yaw', 'pitch'] as const).flatMap((angle) => [
    `${angle} >= ${parameters.add(pose[angle][0])}::real`,
    `${angle} < ${parameters.add(pose[angle][1])}::real`,
  ]);
}

function tagged(packageId: string, tags: readonly string[], facts: FilterFacts, parameters: Parameters): string[] {
  return tags.map((tag) => {
    const name = parameters.add(tag);
    if (facts.taggedAtMost !== null && facts.taggedAtMost <= FEW_TAGGED) {
      const id = parameters.add(packageId);
      return `id = ANY (ARRAY (SELECT asset_id FROM asset_tags WHERE package_id = ${id}::uuid AND tag = ${name}))`;
    }
    return `EXISTS (SELECT FROM asset_tags WHERE asset_tags.asset_id = assets.id AND asset_tags.tag = ${name})`;
  });
}

function containing(text: string, facts: FilterFacts, parameters: Parameters): string[] {
  if (text === '') return [];
  const slash = text.lastIndexOf('/');
  const pattern = slash === -1 ? containsPattern(text) : `${escapeLike(text.slice(slash + 1))}%`;
  const named = `lower(name) LIKE lower(${parameters.add(pattern)}::text)`;
  const inFolder = (numbers: readonly number[]) => `folder = ANY (${parameters.add(numbers)}::integer[])`;
  const byName = slash === -1 ? named : `(${named} AND ${inFolder(facts.foldersBefore)})`;
  return [facts.folders.length === 0 ? byName : `(${byName} OR ${inFolder(facts.folders)})`];
}
