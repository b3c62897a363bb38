import { processStill } from '../../media/still/still-pass.ts';
import type { AssetForWork } from '../../sql/asset-work.ts';
import type { WorkerContext } from '../queue/worker-context.ts';
import type { AssetResult } from './asset-jobs.ts';
import { withSource } from './source-of.ts';

/** Makes everything for an image from one read of its file: facts, face metadata, thumbnail and placeholder. */
export async function makeStill(asset: AssetForWork, context: WorkerContext): Promise<AssetResult> {
  const wantsThumbnail = asset.status.thumbnail === 'pending';
  const result = await withSource(asset, context, (source) =>
    processStill(source, context, { thumbnail: wantsThumbnail }),
  );
  const { facts, problem } = result;
  const picture = wantsThumbnail ? { made: { thumbnail: result.thumbnailKey }, placeholder: result.placeholder } : {};
  if (asset.status.probe !== 'pending') return { ...picture, problem };
  if (facts.width === null) return { probe: { contentHash: result.contentHash, facts: null }, problem };
  return {
    probe: {
      contentHash: result.contentHash,
      facts,
      details: result.details,
      pose: result.pose,
      face: { pitch: null, yaw: null, roll: null, sharpness: result.sharpness },
      needs: { thumbnail: true, proxy: false, sprite: false, waveform: false },
    },
    ...picture,
    problem,
  };
}
