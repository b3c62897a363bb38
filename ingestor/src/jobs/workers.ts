/** Gives each kind of job its worker, with as many at once as the machine bears. */
import { availableParallelism } from 'node:os';
import type { Job, JobResult } from 'pg-boss';
import { giveUp } from '../sql/asset-work.ts';
import { transaction } from '../sql/client.ts';
import { setPackageStatus } from '../sql/packages.ts';
import { failRun, findRunFolder } from '../sql/runs.ts';
import { deriveAssets, probeAssets, type Unfinished } from './asset-jobs.ts';
import { ingestRun } from './ingest-run.ts';
import { type AssetJob, type AssetJobKind, assetJob, GIVEN_UP, ingestJob, type JobKind } from './job-kinds.ts';
import type { WorkerContext } from './worker-context.ts';

/** New jobs wake the workers; polling is for those whose retry comes due. */
const POLLING = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1, burstWhenBatchFull: true } as const;

export async function startWorkers(context: WorkerContext): Promise<void> {
  const { boss } = context;
  const cores = availableParallelism();

  await boss.work('ingest', POLLING, async (jobs: Job[]) => {
    for (const job of jobs) {
      await ingestRun(ingestJob.parse(job.data), context).catch((error: unknown) => {
        logFailure('ingest', job.id, error, context);
        throw error;
      });
    }
  });
  const each = { ...POLLING, perJobResults: true } as const;
  await boss.work('probe', { ...each, localConcurrency: cores, batchSize: 16 }, (jobs) =>
    settle('probe', jobs, context, (batch) => probeAssets(batch, context)),
  );
  await boss.work('thumbnail', { ...each, localConcurrency: cores, batchSize: 8 }, (jobs) =>
    settle('thumbnail', jobs, context, (batch) => deriveAssets('thumbnail', batch, context)),
  );
  // One at a time: ffmpeg uses all cores by itself. Two are fetched, so that the next follows at once.
  await boss.work('proxy', { ...each, localConcurrency: 1, batchSize: 2 }, (jobs) =>
    settle('proxy', jobs, context, (batch) => deriveAssets('proxy', batch, context)),
  );
  await boss.work(GIVEN_UP, { ...POLLING, includeMetadata: true }, async (jobs) => {
    for (const { sourceName, data } of jobs) {
      if (sourceName === 'ingest') await giveUpRun(ingestJob.parse(data).runId, context);
      else await giveUpAsset(sourceName as AssetJobKind, assetJob.parse(data), context);
    }
  });
}

async function giveUpAsset(kind: AssetJobKind, job: AssetJob, { sql, log, progress }: WorkerContext): Promise<void> {
  log.error({ event: 'gave up', kind, asset: job.assetId });
  const problem = `The ${kind} was given up after many tries; the ingestor's log says why. Ingest the package again to try once more.`;
  await transaction(sql, (session) => giveUp(session, kind, job.assetId, problem));
  progress.touch(job.packageId);
}

async function giveUpRun(runId: string, { sql, log }: WorkerContext): Promise<void> {
  log.error({ event: 'gave up', kind: 'ingest', run: runId });
  const problem = "The ingest was given up after many tries; the ingestor's log says why.";
  const run = await findRunFolder(sql, runId);
  if (run === null) return;
  await transaction(sql, async (session) => {
    await failRun(session, runId, problem);
    await setPackageStatus(session, run.packageId, 'error', problem);
  });
}

/** Works a batch, and tells pg-boss which of its jobs are done and which to try again. */
async function settle(
  kind: AssetJobKind,
  jobs: readonly Job<unknown>[],
  context: WorkerContext,
  work: (batch: readonly AssetJob[]) => Promise<Unfinished>,
): Promise<JobResult[]> {
  const parsed = jobs.map((job) => ({ id: job.id, data: assetJob.parse(job.data) }));
  try {
    const unfinished = await work(parsed.map(({ data }) => data));
    return parsed.map(({ id, data }) => {
      if (!unfinished.has(data.assetId)) return { id, status: 'completed' };
      const error = unfinished.get(data.assetId);
      logFailure(kind, id, error, context);
      return { id, status: 'failed', output: { message: String(error) } };
    });
  } catch (error) {
    for (const { id } of parsed) logFailure(kind, id, error, context);
    throw error;
  }
}

function logFailure(kind: JobKind, job: string, error: unknown, { log, signal }: WorkerContext): void {
  if (!signal.aborted) log.error({ event: 'job failed', kind, job, err: error });
}
