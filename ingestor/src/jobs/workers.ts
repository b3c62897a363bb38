/** Gives each kind of job its workers, with as many at once as the machine bears, for each media root. */
import { availableParallelism } from 'node:os';
import type { Job, JobResult, JobWithMetadata } from 'pg-boss';
import { giveUp } from '../sql/asset-work.ts';
import { transaction } from '../sql/client.ts';
import { setPackageStatus } from '../sql/packages.ts';
import { failRun, findRunFolder } from '../sql/runs.ts';
import { type AssetWork, workOnAssets } from './asset-jobs.ts';
import { hashWhole } from './fixity-work.ts';
import { ingestRun } from './ingest-run.ts';
import {
  ASSET_JOB_KINDS,
  type AssetJobKind,
  assetJob,
  GIVEN_UP,
  ingestJob,
  type JobKind,
  linkJob,
} from './job-kinds.ts';
import { enqueue, queueName } from './job-queues.ts';
import { linkPackageJob } from './link-work.ts';
import { makeMovie } from './movie-work.ts';
import { probeAsset } from './probe-work.ts';
import { Slots } from './slots.ts';
import { makeStill } from './still-work.ts';
import type { WorkerContext } from './worker-context.ts';

/** New jobs wake the workers; polling is for those whose retry comes due. */
const POLLING = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1, burstWhenBatchFull: true } as const;
/** Two are fetched, so that the next follows at once. */
const BATCH = { ...POLLING, batchSize: 2, includeMetadata: true, perJobResults: true } as const;

const WORK: Readonly<Record<AssetJobKind, AssetWork>> = {
  still: makeStill,
  probe: probeAsset,
  movie: makeMovie,
};

/** How many jobs of a kind at once: ffmpeg uses all cores by itself. */
function concurrency(): Readonly<Record<AssetJobKind, number>> {
  const cores = availableParallelism();
  return { still: cores, probe: cores, movie: Math.max(1, Math.floor(cores / 4)) };
}

export async function startWorkers(context: WorkerContext): Promise<void> {
  const { boss, roots } = context;
  const counts = concurrency();
  const slots = new Map(ASSET_JOB_KINDS.map((kind) => [kind, new Slots(counts[kind])]));

  for (const { id: rootId } of roots) {
    await boss.work(queueName('ingest', rootId), { ...POLLING, localConcurrency: 2 }, async ([job]: Job[]) => {
      if (job) await orLog('ingest', job.id, context, () => ingestRun(ingestJob.parse(job.data), context));
    });
    await boss.work(queueName('link', rootId), POLLING, async ([job]: Job[]) => {
      if (job) await orLog('link', job.id, context, () => linkPackageJob(linkJob.parse(job.data), context));
    });
    await boss.work(queueName('fixity', rootId), POLLING, async ([job]: Job[]) => {
      if (job) await orLog('fixity', job.id, context, () => hashWhole(assetJob.parse(job.data), context));
    });
    for (const kind of ASSET_JOB_KINDS) {
      const options = { ...BATCH, localConcurrency: counts[kind] };
      await boss.work(queueName(kind, rootId), options, async (jobs: JobWithMetadata[]) => {
        const results: JobResult[] = [];
        for (const job of jobs) {
          results.push(await (slots.get(kind) as Slots).use(() => runAssetJob(kind, rootId, job, context)));
        }
        return results;
      });
    }
  }
  await boss.work(GIVEN_UP, { ...POLLING, includeMetadata: true }, async (jobs: JobWithMetadata[]) => {
    for (const job of jobs) await settleGivenUp(job, context);
  });
}

/** A job that went wrong before is done again asset by asset: one of them may be what kills us. */
async function runAssetJob(
  kind: AssetJobKind,
  rootId: string,
  { id, data, retryCount }: JobWithMetadata,
  context: WorkerContext,
): Promise<JobResult> {
  const job = assetJob.parse(data);
  try {
    if (retryCount > 0 && job.assetIds.length > 1) {
      const single = job.assetIds.map((assetId) => ({ ...job, assetIds: [assetId] }));
      await transaction(context.sql, (session) => enqueue(context.boss, session, { kind, rootId }, single));
      return { id, status: 'completed' };
    }
    const unfinished = await context.metrics.timeJob(kind, () => workOnAssets(kind, job, WORK[kind], context));
    if (unfinished === null) return { id, status: 'completed' };
    throw unfinished.error;
  } catch (error) {
    logFailure(kind, id, error, context);
    return { id, status: 'failed', output: { message: String(error) } };
  }
}

async function settleGivenUp({ sourceName, data, output }: JobWithMetadata, context: WorkerContext): Promise<void> {
  const kind = (sourceName ?? '').split('.', 1)[0] as JobKind;
  const { log, sql, progress } = context;
  const lastWords = lastWordsOf(output);
  if (kind === 'ingest') {
    const { runId } = ingestJob.parse(data);
    log.error({ event: 'gave up', kind, run: runId, problem: lastWords });
    const run = await findRunFolder(sql, runId);
    if (run === null) return;
    const problem = `The ingest was given up after many tries. Last: ${lastWords}`;
    await transaction(sql, async (session) => {
      await failRun(session, runId, problem);
      await setPackageStatus(session, run.packageId, 'error', problem);
    });
  } else {
    const { assetIds, packageId } = assetJob.parse(data);
    log.error({ event: 'gave up', kind, assets: assetIds, problem: lastWords });
    const problem = `It was given up after many tries; retry it when what is wrong was mended. Last: ${lastWords}`;
    await transaction(sql, (session) => giveUp(session, assetIds, problem));
    progress.touch(packageId);
  }
}

/** What the job's last failure said, on one line. */
function lastWordsOf(output: unknown): string {
  const { message } = (output ?? {}) as { message?: unknown };
  const words = typeof message === 'string' ? message : 'nothing was said';
  return words.replaceAll(/\s+/g, ' ').slice(0, 300);
}

async function orLog(kind: JobKind, job: string, context: WorkerContext, work: () => Promise<void>): Promise<void> {
  try {
    await context.metrics.timeJob(kind, work);
  } catch (error) {
    logFailure(kind, job, error, context);
    throw error;
  }
}

function logFailure(kind: JobKind, job: string, error: unknown, { log, signal }: WorkerContext): void {
  if (!signal.aborted) log.error({ event: 'job failed', kind, job, err: error });
}
