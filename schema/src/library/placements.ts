/** Subject, camera and role of a package's files, in as few entries as possible. */
import { z } from 'zod';
import { assetType } from './vocabulary.ts';

export const placementEntry = z.object({
  /** A folder within the package with a trailing '/', a file, or '' for all; the longest match for a file wins. */
  path: z.string().max(2601),
  subject: z.string().trim().min(1).max(200),
  /** Null: no name tells it. */
  camera: z.string().trim().min(1).max(100).nullable(),
  asset_type: assetType,
  /** Number of files that the entry covers. */
  files: z.number().int().min(0),
  /** Why analysis placed them so, in sentences; absent for what a person placed. */
  because: z.string().max(1000).optional(),
  /** How certain analysis is, 0 to 1. */
  confidence: z.number().min(0).max(1).optional(),
});
export type PlacementEntry = z.infer<typeof placementEntry>;
