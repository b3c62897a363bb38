import { rawKindOf, rawProblem } from '../../media/raw/raw-kind.ts';
import { MediaProblem } from '../../media/tools/media-problem.ts';
import { nounOf } from '../../media/tools/media-source.ts';
import { deriveVideo } from '../../media/video/derive-video.ts';
import { type AssetForWork, DERIVATIVE_STEPS } from '../../sql/asset-work.ts';
import type { WorkerContext } from '../queue/worker-context.ts';
import type { AssetResult } from './asset-jobs.ts';
import { withSource } from './source-of.ts';

/** Makes everything that one decode of a video, sound or sequence yields. */
export async function makeVideo(asset: AssetForWork, context: WorkerContext): Promise<AssetResult> {
  const { contentHash, facts, details, status, proxyHeight } = asset;
  const wanted = DERIVATIVE_STEPS.filter((step) => status[step] === 'pending');
  const waits = context.quota.isShort && wanted.some((step) => step !== 'thumbnail');
  const pending = waits ? wanted.filter((step) => step === 'thumbnail') : wanted;
  // The file changed in the meantime: it is probed again, and this job is requeued.
  if (contentHash === null || facts === null || status.probe !== 'ready' || wanted.length === 0) return {};
  if (pending.length === 0) return { waits };
  const rawKind = rawKindOf(asset.relativePath);
  if (rawKind !== null) throw rawProblem(asset.relativePath, rawKind);
  const wants = {
    thumbnail: pending.includes('thumbnail'),
    proxy: pending.includes('proxy'),
    sprite: pending.includes('sprite'),
    waveform: pending.includes('waveform'),
    ...(proxyHeight === null ? {} : { height: proxyHeight }),
  };
  const found = { facts, details: details ?? {} };
  const result = await withSource(asset, context, (source) => deriveVideo(source, found, contentHash, wants, context));
  const made = Object.fromEntries(pending.map((step) => [step, result.made[step] ?? null]));
  const missing = pending.filter((step) => made[step] === null);
  const lack = missing.length === 0 ? null : `${nounOf(asset.relativePath)} gives no ${missing.join(', ')}.`;
  const problem = result.warning ?? lack;
  if (missing.length === pending.length && lack !== null && problem === lack) throw new MediaProblem(lack);
  return { made, placeholder: result.placeholder, problem, seconds: result.seconds, waits };
}
