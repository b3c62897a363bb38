/** Whose the files of a package are, from which camera and in which role, in as few entries as say it. */
import { z } from 'zod';
import { assetType } from './vocabulary.ts';

export const placementEntry = z.object({
  /** A folder within the package with '/' at its end, a single file, or '' for all; the longest that fits a file wins. */
  path: z.string().max(2601),
  subject: z.string().trim().min(1).max(200),
  camera: z.string().trim().min(1).max(100),
  asset_type: assetType,
  /** Files that it speaks for. */
  files: z.number().int().min(0),
});
export type PlacementEntry = z.infer<typeof placementEntry>;
