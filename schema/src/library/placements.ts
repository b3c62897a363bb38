/** Subject, camera and role of a package's files, in as few entries as possible. */
import { z } from 'zod';
import { assetType } from './vocabulary.ts';

export const placementEntry = z.object({
  /** A folder within the package with a trailing '/', a file, or '' for all; the longest match for a file wins. */
  path: z.string().max(2601),
  subject: z.string().trim().min(1).max(200),
  camera: z.string().trim().min(1).max(100),
  asset_type: assetType,
  /** Number of files that the entry covers. */
  files: z.number().int().min(0),
});
export type PlacementEntry = z.infer<typeof placementEntry>;
