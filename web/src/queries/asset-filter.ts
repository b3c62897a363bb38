/** What a person asked to see of a package, and the SQL condition that says it. */
import { containsPattern, escapeLike, type Parameters } from '@ingesthub/schema/sql-text.ts';
import { assetType, fileType, reviewStatus } from '@ingesthub/schema/vocabulary.ts';
import { z } from 'zod';

export const assetSort = z.enum(['name', 'date', 'size', 'duration', 'pose', 'status']);
export type AssetSort = z.infer<typeof assetSort>;

/** From the first up to the second, both included; null: no limit on that side. */
const range = z.object({ from: z.number().nullable(), to: z.number().nullable() });
export type Range = z.infer<typeof range>;

/** Values of one list are alternatives, except tags: an asset has them all. An empty list asks nothing. */
const assetFilter = z.object({
  fileTypes: z.array(fileType),
  assetTypes: z.array(assetType),
  reviewStatuses: z.array(reviewStatus),
  /** Null: either way. */
  pickedUp: z.boolean().nullable(),
  /** Ids; null among them: nobody known. */
  subjects: z.array(z.uuid().nullable()),
  /** Null among them: no camera known. */
  cameras: z.array(z.string().nullable()),
  tags: z.array(z.string()),
  sizeBytes: range.nullable(),
  durationSeconds: range.nullable(),
  /** A box of degrees, its lower sides included, its upper ones not: as the bins of the pose matrix. */
  pose: z.object({ yaw: z.tuple([z.number(), z.number()]), pitch: z.tuple([z.number(), z.number()]) }).nullable(),
  /** Only those that something is wrong with. */
  problem: z.boolean(),
  /** A part of the path within the package; upper and lower case are the same. */
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
  text: '',
  sort: 'name',
  descending: false,
};

/** Whether the filter leaves assets out; the sort does not. */
export function isFiltering(filter: AssetFilter): boolean {
  const { sort: _sort, descending: _descending, ...conditions } = filter;
  return Object.values(conditions).some((value) =>
    Array.isArray(value) || typeof value === 'string' ? value.length > 0 : value !== null && value !== false,
  );
}

/** What must be known of a package before its filter's condition is written, so that each way of it has an index. */
export interface FilterFacts {
  /** Numbers of the folders whose path, with a slash after it, contains the filter's text. */
  readonly folders: readonly number[];
  /** Of those whose path ends with the text up to its last slash: the rest of it begins a name there. */
  readonly foldersBefore: readonly number[];
  /** Assets that have all the filter's tags, at most; null without tags. */
  readonly taggedAtMost: number | null;
}

/** So many ids of tagged assets are looked up one by one; with more, the assets are gone through in order. */
const FEW_TAGGED = 3000;

/**
 * The filter as a condition on `assets`; `true` when it asks nothing. Package and deletion are not in
 * it: see `asset-pages.ts`.
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
