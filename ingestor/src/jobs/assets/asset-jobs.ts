/** Runs jobs on assets: each takes some assets of a package, processes them in parallel, and writes once. */
import { MediaCrash, MediaProblem } from '../../media/tools/media-problem.ts';
import { RootSilent } from '../../roots/root-process.ts';
import {
  type AssetForWork,
  type AssetOutcome,
  DERIVATIVE_STEPS,
  findPending,
  writeOutcomes,
} from '../../sql/asset-work.ts';
import { transaction } from '../../sql/client.ts';
import { lockPlaces, moveByContent } from '../../sql/moved-assets.ts';
import { packageRoot } from '../../sql/packages.ts';
import { isOutOfSpace } from '../queue/host-health.ts';
import type { AssetJob, AssetJobKind } from '../queue/job-kinds.ts';
import { enqueue, enqueueAssets } from '../queue/job-queues.ts';
import { queuePendingOf } from '../queue/queue-pending.ts';
import type { WorkerContext } from '../queue/worker-context.ts';
import { FileChanged } from './source-of.ts';
import { withPoses } from './with-poses.ts';

/** The result of work on one asset. */
export interface AssetResult extends Omit<AssetOutcome, 'id' | 'version'> {
  /** True when the rest of the work waits for free space. */
  readonly waits?: boolean;
}

/**
 * Processes one asset in one kind of job. @throws MediaProblem, MediaCrash, FileChanged, or an error that no file is to
 * blame for
 */
export type AssetWork = (asset: AssetForWork, context: WorkerContext) => Promise<AssetResult>;

/** Assets processed in parallel within a job: while one waits for its file, another is decoded. */
const SIDE_BY_SIDE: Readonly<Record<AssetJobKind, number>> = { still: 2, probe: 2, video: 1 };
/** Attempts on a file that makes a program crash or hang. */
const MAX_CRASHES = 3;
/** Seconds before the next attempt. */
const CRASH_PAUSE = 20;

/** Assets to process again, through no fault of their files. */
export interface Unfinished {
  readonly ids: readonly string[];
  /** The error; null when nothing failed and this host just cannot continue, or is stopping. */
  readonly error: unknown;
  /** Assets that wait for free space. */
  readonly waiting: readonly string[];
  /** Assets whose media root does not respond. */
  readonly unreached: readonly string[];
}

/**
 * Processes the pending assets of a job. Finished work is written even when the signal aborts or this host runs out of
 * space. @throws Postgres's error
 */
export async function workOnAssets(
  kind: AssetJobKind,
  job: AssetJob,
  work: AssetWork,
  context: WorkerContext,
): Promise<Unfinished> {
  const { inProgress } = context;
  return inProgress.during(job.packageId, (held) =>
    inProgress.claiming(kind, job.assetIds, (assetIds) =>
      workUntil(held, kind, { ...job, assetIds: [...assetIds] }, work, context),
    ),
  );
}

async function workUntil(
  held: AbortSignal,
  kind: AssetJobKind,
  job: AssetJob,
  work: AssetWork,
  context: WorkerContext,
): Promise<Unfinished> {
  const { sql, health, signal, log, progress } = context;
  const assets = await findPending(sql, job.assetIds);
  const heldContext = { ...context, signal: AbortSignal.any([signal, held]) };
  const outcomes: AssetOutcome[] = [];
  const crashed: string[] = [];
  const unfinished = {
    ids: [] as string[],
    error: null as unknown,
    waiting: [] as string[],
    unreached: [] as string[],
  };

  const one = async (asset: AssetForWork): Promise<void> => {
    const { id, version } = asset;
    try {
      const { waits = false, ...outcome } = await work(asset, heldContext);
      outcomes.push({ id, version, ...outcome });
      if (waits) unfinished.waiting.push(id);
    } catch (error) {
      // A person held the run; unwritten work is repeated when the run continues.
      if (held.aborted) return;
      // After an abort, errors take many forms.
      if (signal.aborted) unfinished.ids.push(id);
      else if (error instanceof RootSilent) unfinished.unreached.push(id);
      else if (isOutOfSpace(error)) {
        health.stop('Nothing can be written to the derivative folder: its disk is full.');
        unfinished.ids.push(id);
      } else if (error instanceof FileChanged) {
        // The asset stays pending: its folder is scanned again when no job is left.
        log.info({ event: 'asset changed under the work', asset: id, path: asset.relativePath });
      } else if (error instanceof MediaCrash && (job.crashes ?? 0) + 1 < MAX_CRASHES) {
        log.warn({ event: 'asset crashed a program', asset: id, path: asset.relativePath, problem: error.message });
        crashed.push(id);
      } else if (error instanceof MediaProblem || error instanceof MediaCrash) {
        outcomes.push({ id, version, ...failure(asset, error) });
      } else {
        unfinished.ids.push(id);
        unfinished.error = error;
      }
    }
  };
  const timed = async (asset: AssetForWork): Promise<void> => {
    const started = performance.now();
    await one(asset);
    const seconds = (performance.now() - started) / 1000;
    log.debug({ event: 'asset worked on', asset: asset.id, kind, seconds });
  };
  const waiting = assets.values();
  const worker = async () => {
    for (const asset of waiting) {
      if (held.aborted) return;
      if (signal.aborted || health.problem !== null) unfinished.ids.push(asset.id);
      else await timed(asset);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE[kind] }, worker));

  for (const { id, problem, made = {} } of outcomes) {
    for (const step of DERIVATIVE_STEPS) {
      if (step in made) context.metrics.countDerivative(step, made[step] ? 'done' : 'failed');
    }
    if (problem) log.info({ event: 'asset has a problem', asset: id, problem });
  }
  await settle(kind, job, { assets, outcomes, crashed }, context);
  progress.touch(job.packageId);
  return unfinished;
}

/** Writes results and derivatives, and queues the follow-up work, in one transaction. */
async function settle(
  kind: AssetJobKind,
  job: AssetJob,
  done: { assets: readonly AssetForWork[]; outcomes: AssetOutcome[]; crashed: string[] },
  { sql, boss }: WorkerContext,
): Promise<void> {
  const { packageId } = job;
  const status = new Map(done.assets.map((asset) => [asset.id, asset.status]));
  const forVideo = done.outcomes.filter(({ id, probe, made = {} }) => {
    const { needs = null } = probe?.facts ? probe : {};
    return (
      needs && DERIVATIVE_STEPS.some((step) => needs[step] && status.get(id)?.[step] === 'pending' && !(step in made))
    );
  });
  await transaction(sql, async (session) => {
    await lockPlaces(session, packageId, 'found');
    await writeOutcomes(session, await withPoses(session, packageId, done.outcomes));
    const probed = done.outcomes.filter(({ probe }) => probe !== undefined).map(({ id }) => id);
    const { ids: moved, fresh } = await moveByContent(session, packageId, probed);
    await queuePendingOf(session, [...moved, ...fresh], { boss });
    const rootId = await packageRoot(session, packageId);
    if (rootId === null) return;
    const videos = forVideo.map(({ id }) => id);
    await enqueueAssets(boss, session, { kind: 'video', rootId }, packageId, videos);
    // Their content hashes cover only parts of the files.
    await enqueueAssets(boss, session, { kind: 'fixity', rootId }, packageId, moved);
    const again = done.crashed.map((id) => ({ packageId, assetIds: [id], crashes: (job.crashes ?? 0) + 1 }));
    await enqueue(boss, session, { kind, rootId, startAfterSeconds: CRASH_PAUSE }, again);
  });
}

/** Fails all pending steps of an asset with one reason. */
function failure(asset: AssetForWork, error: Error): AssetResult {
  const problem =
    error instanceof MediaCrash
      ? `${error.message} It failed ${MAX_CRASHES} times and will not be tried again. Retry it once the file or the program is repaired.`
      : error.message;
  if (asset.status.probe === 'pending') return { probe: { contentHash: asset.contentHash, facts: null }, problem };
  const pending = DERIVATIVE_STEPS.filter((step) => asset.status[step] === 'pending');
  return { made: Object.fromEntries(pending.map((step) => [step, null])), problem };
}
