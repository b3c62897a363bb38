/** The jobs `probe`, `thumbnail` and `proxy`: each takes a batch of assets, works one by one, writes once. */
import { derivativeKey } from '@ingesthub/schema/derivatives.ts';
import { hashFile, hashSequence } from '../media/content-hash.ts';
import { MediaProblem, problemOf } from '../media/media-problem.ts';
import { type MediaSource, nounOf } from '../media/media-source.ts';
import { placeholderOf } from '../media/placeholder.ts';
import { probe } from '../media/probe.ts';
import { makeProxy } from '../media/proxy.ts';
import { makeThumbnail } from '../media/thumbnail.ts';
import {
  type AssetForWork,
  type DerivativeOutcome,
  findPending,
  type ProbeOutcome,
  writeDerivatives,
  writeProbes,
} from '../sql/asset-work.ts';
import { transaction } from '../sql/client.ts';
import type { AssetJob } from './job-kinds.ts';
import { enqueue } from './job-queues.ts';
import { sourceOf } from './source-of.ts';
import type { WorkerContext } from './worker-context.ts';

/** Assets whose job has to be tried again, by id: what went wrong was not their files' fault. */
export type Unfinished = ReadonlyMap<string, unknown>;

/** Finds out what the files are, and queues the derivatives that they need. */
export async function probeAssets(jobs: readonly AssetJob[], context: WorkerContext): Promise<Unfinished> {
  const { sql, boss, signal, progress, mediaRoots } = context;
  const outcomes: ProbeOutcome[] = [];
  const unfinished = new Map<string, unknown>();
  const next = { thumbnail: [] as AssetJob[], proxy: [] as AssetJob[] };
  for (const asset of await findPending(sql, 'probe', idsOf(jobs))) {
    signal.throwIfAborted();
    const { id, version, packageId } = asset;
    let contentHash: string | null = null;
    try {
      const source = await sourceOf(asset, mediaRoots);
      contentHash = await hash(source, context);
      const result = await probe(source, context);
      outcomes.push({ id, version, contentHash, ...result });
      if (result.needsThumbnail) next.thumbnail.push({ assetId: id, packageId });
      if (result.needsProxy) next.proxy.push({ assetId: id, packageId });
    } catch (error) {
      const problem = blame(error, asset, context);
      if (problem === null) unfinished.set(id, error);
      else outcomes.push({ id, version, contentHash, problem });
    }
  }
  await transaction(sql, async (session) => {
    await writeProbes(session, outcomes);
    await enqueue(boss, session, 'thumbnail', next.thumbnail);
    await enqueue(boss, session, 'proxy', next.proxy);
  });
  touchAll(jobs, progress);
  return unfinished;
}

/** Makes thumbnails or proxies; one that is there already, of the same content, is used as it is. */
export async function deriveAssets(
  step: 'thumbnail' | 'proxy',
  jobs: readonly AssetJob[],
  context: WorkerContext,
): Promise<Unfinished> {
  const { sql, signal, progress, mediaRoots, store } = context;
  const make = step === 'thumbnail' ? makeThumbnail : makeProxy;
  const outcomes: DerivativeOutcome[] = [];
  const unfinished = new Map<string, unknown>();
  for (const asset of await findPending(sql, step, idsOf(jobs))) {
    signal.throwIfAborted();
    const { id, version, contentHash } = asset;
    // Its file changed meanwhile: it is probed anew, and comes back.
    if (contentHash === null) continue;
    const key = derivativeKey(step, contentHash);
    try {
      const warning = await make(await sourceOf(asset, mediaRoots), key, asset.durationSeconds, context);
      const placeholder = step === 'thumbnail' ? Buffer.from(await placeholderOf(store.pathOf(key))) : null;
      outcomes.push({ id, version, key, placeholder: placeholder?.toString('hex') ?? null, problem: warning ?? null });
    } catch (error) {
      const problem = blame(error, asset, context);
      if (problem === null) unfinished.set(id, error);
      else outcomes.push({ id, version, key: null, placeholder: null, problem });
    }
  }
  await transaction(sql, (session) => writeDerivatives(session, step, outcomes));
  touchAll(jobs, progress);
  return unfinished;
}

async function hash(source: MediaSource, { host, signal }: WorkerContext): Promise<string> {
  const [file] = source.files;
  try {
    const { frames } = source;
    if (frames === null) return await hashFile(file);
    return await hashSequence(
      source.files.map((each, index) => ({ frame: frames[index] ?? 0, file: each })),
      signal,
    );
  } catch (error) {
    throw problemOf(error, file, nounOf(file), host);
  }
}

/** The problem in words; null when the file is not to blame. Throws when we are told to end. */
function blame(error: unknown, asset: AssetForWork, { log, signal }: WorkerContext): string | null {
  // Our own end shows in many forms; the whole batch is done again.
  signal.throwIfAborted();
  if (!(error instanceof MediaProblem)) return null;
  log.info({ event: 'asset has a problem', asset: asset.id, path: asset.relativePath, problem: error.message });
  return error.message;
}

function idsOf(jobs: readonly AssetJob[]): string[] {
  return jobs.map(({ assetId }) => assetId);
}

function touchAll(jobs: readonly AssetJob[], progress: WorkerContext['progress']): void {
  for (const packageId of new Set(jobs.map((job) => job.packageId))) progress.touch(packageId);
}
