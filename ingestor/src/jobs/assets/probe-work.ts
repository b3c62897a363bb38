import { PROXY_HEIGHT } from '@ingesthub/schema/library/derivatives.ts';
import { hashFiles } from '../../media/facts/content-hash.ts';
import { probe } from '../../media/probe.ts';
import { differingFrames } from '../../media/still/frame-shapes.ts';
import { stillOfSequence } from '../../media/still/still-of-sequence.ts';
import { problemOf } from '../../media/tools/media-problem.ts';
import { type MediaSource, nounOf } from '../../media/tools/media-source.ts';
import { isLong, quickThumbnail } from '../../media/video/quick-thumbnail.ts';
import type { AssetForWork } from '../../sql/asset-work.ts';
import type { WorkerContext } from '../queue/worker-context.ts';
import type { AssetResult } from './asset-jobs.ts';
import { withSource } from './source-of.ts';

/** Probes a video, a sound or a sequence, and makes a first picture where that is cheap. */
export async function probeAsset(asset: AssetForWork, context: WorkerContext): Promise<AssetResult> {
  // Another job for the same asset was faster.
  if (asset.status.probe !== 'pending') return {};
  const probeSource = asset.fileType === 'sequence' ? probeSequence : probeFile;
  return withSource(asset, context, (source) => probeSource(asset, source, context));
}

/** Probes a sequence by its middle frame, which is open anyway and so becomes the thumbnail. */
async function probeSequence(asset: AssetForWork, source: MediaSource, context: WorkerContext): Promise<AssetResult> {
  const wantsThumbnail = asset.status.thumbnail === 'pending';
  const { facts, ...result } = await stillOfSequence(source, context, { thumbnail: wantsThumbnail });
  const { contentHash, details, placeholder } = result;
  // The decode of all frames will report how many are damaged.
  const allAreRead = asset.status.proxy === 'pending' || asset.status.sprite === 'pending';
  const damage = facts.width !== null && result.thumbnailKey !== null && allAreRead ? null : result.problem;
  if (facts.width === null) return { probe: { contentHash, facts: null }, problem: damage };
  const differing = await differingFrames(source, context);
  const problem = [damage, differing].filter((sentence) => sentence !== null).join(' ') || null;
  return {
    probe: {
      contentHash,
      facts,
      details,
      needs: { thumbnail: true, proxy: true, sprite: true, waveform: false },
    },
    ...(wantsThumbnail ? { made: { thumbnail: result.thumbnailKey }, placeholder } : {}),
    problem,
  };
}

async function probeFile(asset: AssetForWork, source: MediaSource, context: WorkerContext): Promise<AssetResult> {
  const [file] = source.files;
  const contentHash = await hashFiles(source, context.signal).catch((error: unknown) => {
    throw problemOf(error, file, nounOf(file), context.host);
  });
  const { facts, details, needsThumbnail, needsProxy, problem } = await probe(source, context);
  const hasPicture = needsThumbnail;
  const isTaller = asset.proxyHeight !== null && asset.proxyHeight !== PROXY_HEIGHT;
  const needs = {
    thumbnail: needsThumbnail,
    proxy: needsProxy || isTaller,
    sprite: hasPicture,
    waveform: facts.audio_codec !== null,
  };
  const probed = { probe: { contentHash, facts, details, needs } };
  if (problem !== null)
    return { ...probed, made: { thumbnail: null, proxy: null, sprite: null, waveform: null }, problem };
  if (!needs.thumbnail || asset.status.thumbnail !== 'pending' || !isLong({ facts, details })) return probed;
  const quick = await quickThumbnail(source, { facts, details }, contentHash, context).catch(() => null);
  // The full decode shows and reports the cause of a failure.
  return quick?.made.thumbnail === undefined
    ? probed
    : { ...probed, made: { thumbnail: quick.made.thumbnail }, placeholder: quick.placeholder };
}
