/** Starts the workers for each kind of job and media root, as many in parallel as the machine can handle. */
import { availableParallelism } from 'node:os';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Job, JobResult, JobWithMetadata } from 'pg-boss';
import { RootSilent } from '../roots/root-process.ts';
import { giveUp } from '../sql/asset-work.ts';
import { transaction } from '../sql/client.ts';
import { setPackageStatus } from '../sql/packages.ts';
import { failRun, findRunFolder } from '../sql/runs.ts';
import { type AssetWork, workOnAssets } from './assets/asset-jobs.ts';
import { hashWhole } from './assets/fixity-work.ts';
import { probeAsset } from './assets/probe-work.ts';
import { makeStill } from './assets/still-work.ts';
import { makeVideo } from './assets/video-work.ts';
import { linkPackageJob } from './link-work.ts';
import {
  ASSET_JOB_KINDS,
  type AssetJobKind,
  assetJob,
  GIVEN_UP,
  ingestJob,
  type JobData,
  type JobKind,
  linkJob,
} from './queue/job-kinds.ts';
import { type Destination, enqueue, queueName } from './queue/job-queues.ts';
import type { WorkerContext } from './queue/worker-context.ts';
import { ingestRun } from './register/ingest-run.ts';

/** New jobs wake the workers; polling picks up due retries. */
const POLLING = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1, burstWhenBatchFull: true } as const;
/** Two jobs are fetched, so that the second follows without delay. */
const BATCH = { ...POLLING, batchSize: 2, includeMetadata: true, perJobResults: true } as const;

/** How long a job is kept while this host cannot work, before others may take it. Shorter than any job's expiry. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Seconds before work that waits for space is tried again; when space appears sooner, the work is queued again at once.
 */
const ROOM_PAUSE = 15 * 60;

/** Seconds before the files of an unresponsive media root are tried again. */
const SILENCE_PAUSE = 15;

const WORK: Readonly<Record<AssetJobKind, AssetWork>> = {
  still: makeStill,
  probe: probeAsset,
  video: makeVideo,
};

/** Returns how many jobs of a kind run in parallel: ffmpeg uses all cores by itself. */
function concurrency(): Readonly<Record<AssetJobKind, number>> {
  const cores = availableParallelism();
  return { still: cores, probe: cores, video: Math.max(1, Math.floor(cores / 4)) };
}

export async function startWorkers(context: WorkerContext): Promise<void> {
  const { boss, roots } = context;
  const counts = concurrency();
  // Limits concurrent work across all roots; waiting work proceeds in the order of arrival.
  const limits = new Map(ASSET_JOB_KINDS.map((kind) => [kind, pLimit(counts[kind])]));

  for (const { id: rootId } of roots) {
    const each = async <Kind extends JobKind>(
      kind: Kind,
      { parse }: { parse(data: unknown): JobData[Kind] },
      work: (job: JobData[Kind], context: WorkerContext) => Promise<void>,
      options = {},
    ) => {
      await boss.work(queueName(kind, rootId), { ...POLLING, ...options }, async ([job]: Job[]) => {
        if (job) await orLeave({ kind, rootId }, job.id, parse(job.data), work, context);
      });
    };
    await each('ingest', ingestJob, ingestRun, { localConcurrency: 2 });
    await each('link', linkJob, linkPackageJob);
    await each('fixity', assetJob, hashWhole);
    for (const kind of ASSET_JOB_KINDS) {
      const options = { ...BATCH, localConcurrency: counts[kind] };
      await boss.work(queueName(kind, rootId), options, async (jobs: JobWithMetadata[]) => {
        const results: JobResult[] = [];
        for (const job of jobs) {
          // Waits before it takes a turn from the other roots.
          await context.pulses.of(rootId).answers(PATIENCE_MS);
          results.push(await (limits.get(kind) as LimitFunction)(() => runAssetJob(kind, rootId, job, context)));
        }
        return results;
      });
    }
  }
  await boss.work(GIVEN_UP, { ...POLLING, includeMetadata: true }, async (jobs: JobWithMetadata[]) => {
    for (const job of jobs) await settleGivenUp(job, context);
  });
}

/** Runs a job; one that failed before is split into single assets, because one of them may be what kills the daemon. */
async function runAssetJob(
  kind: AssetJobKind,
  rootId: string,
  { id, data, retryCount, priority }: JobWithMetadata,
  context: WorkerContext,
): Promise<JobResult> {
  const { sql, boss, health, metrics, pulses } = context;
  const pulse = pulses.of(rootId);
  const job = assetJob.parse(data);
  const handOn = (ids: readonly string[][], startAfterSeconds = 0) =>
    transaction(sql, (session) =>
      enqueue(
        boss,
        session,
        { kind, rootId, priority, startAfterSeconds },
        ids.map((assetIds) => ({ ...job, assetIds })),
      ),
    );
  try {
    if (retryCount > 0 && job.assetIds.length > 1) {
      await handOn(job.assetIds.map((assetId) => [assetId]));
    } else if (pulse.isSilent) {
      await handOn([job.assetIds], SILENCE_PAUSE);
    } else if (await health.ready(PATIENCE_MS)) {
      const work: AssetWork = (asset, within) =>
        pulse.during((silent) => WORK[kind](asset, { ...within, signal: AbortSignal.any([within.signal, silent]) }));
      const { ids, error, waiting, unreached } = await metrics.timeJob(kind, () =>
        workOnAssets(kind, job, work, context),
      );
      if (unreached.length > 0) await handOn([[...unreached]], SILENCE_PAUSE);
      if (error !== null) throw error;
      // Requeued as new jobs, because a shutdown or a lack of space is not a failed attempt.
      if (ids.length > 0) await handOn([[...ids]]);
      if (waiting.length > 0) await handOn([[...waiting]], ROOM_PAUSE);
    } else {
      await handOn([job.assetIds]);
    }
    return { id, status: 'completed' };
  } catch (error) {
    logFailure(kind, id, error, context);
    return { id, status: 'failed', output: { message: String(error) } };
  }
}

async function settleGivenUp(
  { sourceName, data, sourceOutput }: JobWithMetadata,
  context: WorkerContext,
): Promise<void> {
  const kind = (sourceName ?? '').split('.', 1)[0] as JobKind;
  const { log, sql, progress } = context;
  const lastWords = lastWordsOf(sourceOutput);
  if (kind === 'ingest') {
    const { runId } = ingestJob.parse(data);
    log.error({ event: 'gave up', kind, run: runId, problem: lastWords });
    const run = await findRunFolder(sql, runId);
    if (run === null) return;
    const problem = `The ingest was given up after many attempts. Last error: ${lastWords}`;
    await transaction(sql, async (session) => {
      await failRun(session, runId, problem);
      await setPackageStatus(session, run.packageId, 'error', problem);
    });
  } else {
    const { assetIds, packageId } = assetJob.parse(data);
    log.error({ event: 'gave up', kind, assets: assetIds, problem: lastWords });
    const problem = `This asset was given up after many attempts. Fix the cause, then retry it. Last error: ${lastWords}`;
    await transaction(sql, (session) => giveUp(session, assetIds, problem));
    progress.touch(packageId);
  }
}

/** Returns the message of the job's last failure, on one line. */
function lastWordsOf(output: unknown): string {
  const { message } = (output ?? {}) as { message?: unknown };
  const words = typeof message === 'string' ? message : 'no message';
  return words.replaceAll(/\s+/g, ' ').slice(0, 300);
}

/** Runs a job; on shutdown in the middle it is requeued as a new job, because that is not a failed attempt. */
async function orLeave<Kind extends JobKind>(
  destination: Destination<Kind>,
  id: string,
  job: JobData[Kind],
  work: (job: JobData[Kind], context: WorkerContext) => Promise<void>,
  context: WorkerContext,
): Promise<void> {
  const { sql, boss, signal, metrics, pulses } = context;
  const pulse = pulses.of(destination.rootId);
  try {
    // Work that a silent drive blocked must end before it is started again.
    if (!(await pulse.answers(PATIENCE_MS))) throw new RootSilent(pulse.folder);
    await metrics.timeJob(destination.kind, () =>
      pulse.during((silent) => work(job, { ...context, signal: AbortSignal.any([signal, silent]) })),
    );
  } catch (error) {
    if (error instanceof RootSilent) {
      const later = { ...destination, startAfterSeconds: SILENCE_PAUSE };
      return transaction(sql, (session) => enqueue(boss, session, later, [job]));
    }
    if (signal.aborted) return transaction(sql, (session) => enqueue(boss, session, destination, [job]));
    logFailure(destination.kind, id, error, context);
    throw error;
  }
}

function logFailure(kind: JobKind, job: string, error: unknown, { log, signal }: WorkerContext): void {
  if (!signal.aborted) log.error({ event: 'job failed', kind, job, err: error });
}
