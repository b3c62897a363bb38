/** Answers of the server about projects outside the working set, whose assets a browser does not keep. */
import { z } from 'zod';
import { assetRow, packageSummaryRow } from '../library/rows.ts';

/** One asset in the answer of `GET /api/package-assets`, which is sorted by name. */
export const listedAsset = assetRow
  .pick({
    id: true,
    name: true,
    file_type: true,
    asset_type: true,
    size_bytes: true,
    modified_at: true,
    missing_since: true,
    width: true,
    height: true,
    duration_seconds: true,
    first_frame: true,
    last_frame: true,
    missing_frames: true,
    thumbnail_status: true,
    thumbnail_version: true,
    problem: true,
    review_status: true,
    picked_up_at: true,
  })
  .extend({
    /** Path within the package's source folder, including the file name. */
    relative_path: z.string(),
    tags: z.array(z.string()),
  });
export type ListedAsset = z.infer<typeof listedAsset>;

export const packageAssetsAnswer = z.object({ assets: z.array(listedAsset) });

/** The answer of `GET /api/package-summaries`. */
export const packageSummariesAnswer = z.object({ packages: z.array(packageSummaryRow) });
