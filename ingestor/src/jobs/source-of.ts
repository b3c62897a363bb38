import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { MediaProblem } from '../media/media-problem.ts';
import type { MediaSource } from '../media/media-source.ts';
import { existingFrames } from '../scan/frame-list.ts';
import { isInsideAny } from '../scan/media-roots.ts';
import { framePath } from '../scan/sequences.ts';
import type { AssetForWork } from '../sql/asset-work.ts';

/**
 * The files of an asset.
 *
 * @throws MediaProblem when they lie outside the media roots, now that links are resolved.
 */
export async function sourceOf(asset: AssetForWork, roots: readonly string[]): Promise<MediaSource> {
  const { firstFrame, lastFrame, framePadding } = asset;
  const isSequence = firstFrame !== null && lastFrame !== null && framePadding !== null;
  const frames = isSequence ? existingFrames(firstFrame, lastFrame, asset.missingFrames) : null;
  const relativePaths = frames?.map((frame) => framePath(asset.relativePath, framePadding ?? 0, frame));
  const [first = asset.relativePath, ...rest] = relativePaths ?? [];
  const absolute = (relativePath: string) => path.join(asset.sourcePath, relativePath);
  const source: MediaSource = {
    fileType: asset.fileType,
    files: [absolute(first), ...rest.map(absolute)],
    frames,
  };
  for (const file of source.files) {
    // A link that was changed since the scan; a file that is gone is its reader's to report.
    const real = await realpath(file).catch(() => null);
    if (real !== null && !isInsideAny(roots, real)) {
      throw new MediaProblem('The file is a link that leads out of the media roots.');
    }
  }
  return source;
}
