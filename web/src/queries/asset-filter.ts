/** The filter of a list's assets. */

import { assetType, fileType, reviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
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
  /** The query field's text; see `query/`. */
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
