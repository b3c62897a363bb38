/**
 * Runs the job `ingest`: walks a run's folder, registers its assets in bulk as they are found, and queues the work on
 * them. A repeated job resumes where it stopped: folders that match their rows are skipped.
 */
import { storedText } from '@ingesthub/schema/paths/stored-path.ts';
import { findLost, setBack } from '../../derivatives/find-lost.ts';
import { seeRoot } from '../../roots/see-root.ts';
import { checkFolder, FolderError } from '../../scan/check-folder.ts';
import { rootOf } from '../../scan/media-roots.ts';
import { transaction } from '../../sql/client.ts';
import { setPackageStatus } from '../../sql/packages.ts';
import { cleanNameIndex } from '../../sql/register-assets.ts';
import { retryFailed } from '../../sql/retried-failures.ts';
import {
  failRun,
  findRunFolder,
  type RunFolder,
  requeueRun,
  restorePackage,
  setPackageRoot,
  setRunProcessing,
  startRun,
} from '../../sql/runs.ts';
import { renamePackageFolder } from '../../sql/watched-packages.ts';
import { endRuns } from '../queue/end-runs.ts';
import type { IngestJob } from '../queue/job-kinds.ts';
import { enqueue } from '../queue/job-queues.ts';
import { queuePending } from '../queue/queue-pending.ts';
import type { WorkerContext } from '../queue/worker-context.ts';
import { NoSuchPlace, registerTree } from './register-tree.ts';

/** @throws errors that are not the folder's fault: the job is then retried and resumes where it stopped. */
export async function ingestRun(job: IngestJob, context: WorkerContext): Promise<void> {
  const { sql, log, host, progress } = context;
  const run = await findRunFolder(sql, job.runId);
  if (run === null || (run.status !== 'queued' && run.status !== 'scanning')) return;
  if (run.held !== null) return requeueRun(sql, run.runId);
  await transaction(sql, async (session) => {
    await startRun(session, run.runId, host);
    await setPackageStatus(session, run.packageId, 'processing');
  });
  log.info({ event: 'run started', run: run.runId, package: run.packageId, folder: storedText(run.sourcePath) });
  try {
    await work(run, context);
  } catch (error) {
    if (error instanceof RunHeld) return requeueRun(sql, run.runId);
    if (!(error instanceof FolderError)) throw error;
    log.warn({ event: 'run failed', run: run.runId, package: run.packageId, problem: error.message });
    await transaction(sql, async (session) => {
      await failRun(session, run.runId, error.message);
      if (error instanceof NoSuchPlace) await restorePackage(session, run);
      else await setPackageStatus(session, run.packageId, 'error', error.message);
    });
  }
  progress.touch(run.packageId);
}

async function work(run: RunFolder, context: WorkerContext): Promise<void> {
  const { sql, boss, log, mediaRoots, signal } = context;
  const { asset_ids: assetIds = null, unattended } = run.options;
  if (!unattended) await transaction(sql, (session) => retryFailed(session, run, assetIds));
  if (assetIds === null) {
    await checkRoot(run, context);
    // Checked again, because rows may be older than the roots and the folder.
    const folder = await checkFolder(storedText(run.sourcePath), mediaRoots, signal);
    await useRealFolder(run, folder, context);
    await registerTree(run, folder, context);
    if (!unattended) await makeLostOfPackage(run, context);
  }
  const ended = await transaction(sql, async (session) => {
    // Includes work that an earlier run left, or that a person held.
    await queuePending(session, run, context);
    if (run.mediaRoot !== null && !run.options.skip_links) {
      await enqueue(boss, session, { kind: 'link', rootId: run.mediaRoot }, [{ packageId: run.packageId }]);
    }
    await setRunProcessing(session, run.runId);
    // When nothing has changed, the run is complete already.
    return endRuns(session, boss, run.packageId);
  });
  for (const id of ended) log.info({ event: 'run done', run: id, package: run.packageId });
  if (assetIds === null) await cleanNameIndex(sql);
}

/**
 * Records the real path of a package's folder that was given through a link or in another Unicode spelling: two paths
 * to the same files would make two packages.
 *
 * @throws FolderError when the real folder is already a package of the project.
 */
async function useRealFolder(run: RunFolder, folder: string, { sql, roots, log }: WorkerContext): Promise<void> {
  const given = storedText(run.sourcePath);
  if (given === folder) return;
  const innermost = rootOf(
    roots.map(({ path }) => path),
    folder,
  );
  const root = roots.find(({ path }) => path === innermost);
  const isFree = await transaction(sql, async (session) => {
    if (root !== undefined) await setPackageRoot(session, run.packageId, root.id);
    return renamePackageFolder(session, run.packageId, folder);
  });
  if (!isFree) {
    throw new FolderError(
      'invalid_arguments',
      `${given} is the folder ${folder}, which is already another package of this project. Use that package, and delete this one.`,
    );
  }
  log.info({ event: 'package folder renamed', package: run.packageId, from: given, to: folder });
}

/** Remakes previews that are gone from the disk, because a person had the package ingested again. */
async function makeLostOfPackage({ packageId }: RunFolder, { sql, store, signal, log }: WorkerContext): Promise<void> {
  const options = { sql, folder: store.folder, signal };
  const { lost } = await findLost({ packageId }, options);
  if (lost.length === 0) return;
  log.warn({ event: 'derivatives made again', package: packageId, lost: lost.length });
  await setBack(lost, options);
}

/**
 * @throws FolderError when the run's media root is not trustworthy at present; the package is scanned when the root is
 *   back.
 */
export async function checkRoot({ mediaRoot }: RunFolder, context: WorkerContext): Promise<void> {
  const root = context.roots.find(({ id }) => id === mediaRoot);
  const problem = root === undefined ? null : await seeRoot(root, context);
  if (problem !== null) throw new FolderError('not_found', problem);
}

/** A person paused or cancelled the run: thrown where the work can stop. */
class RunHeld extends Error {
  override readonly name = 'RunHeld';
}

/** @throws RunHeld */
export async function checkHold(run: RunFolder, { sql }: WorkerContext): Promise<void> {
  const now = await findRunFolder(sql, run.runId);
  if (now === null || now.held !== null) throw new RunHeld('the run is held');
}
