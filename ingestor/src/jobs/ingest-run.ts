/** The job `ingest`: scans a run's folder, registers its assets in bulk, and queues the work on them. */
import { analyze } from '../analyze/analyze.ts';
import { lookAtFolder } from '../analyze/look-at-folder.ts';
import { checkFolder, FolderError } from '../scan/check-folder.ts';
import { rootOf } from '../scan/media-roots.ts';
import { type ScannedFolder, scanFolder } from '../scan/scan-folder.ts';
import { transaction } from '../sql/client.ts';
import { findOrCreateSubjects, setPackageAnalysis, setPackageStatus } from '../sql/packages.ts';
import { type KnownAsset, knownAssets, markMissing, registerAssets, renewThumbnails } from '../sql/register-assets.ts';
import { failRun, findRunFolder, setRunFound, setRunProcessing, startRun } from '../sql/runs.ts';
import type { IngestJob } from './job-kinds.ts';
import { enqueue } from './job-queues.ts';
import type { WorkerContext } from './worker-context.ts';

/** Assets to one transaction: browsable in steps, and no step so long that it holds up others. */
const BATCH = 2000;
/** A smaller package may lose most of its files on purpose. */
const GUARDED_ASSETS = 10;
const MAX_MISSING_SHARE = 0.5;

/** @throws what is not the folder's fault: the job is tried again then, and goes on where it was. */
export async function ingestRun(job: IngestJob, context: WorkerContext): Promise<void> {
  const { sql, log, host } = context;
  const run = await findRunFolder(sql, job.runId);
  if (run === null || run.status === 'done' || run.status === 'failed') return;
  await transaction(sql, async (session) => {
    await startRun(session, job.runId, host);
    await setPackageStatus(session, run.packageId, 'processing');
  });
  log.info({ event: 'run started', run: job.runId, folder: run.sourcePath });
  try {
    await scanAndRegister(job, run, context);
  } catch (error) {
    if (!(error instanceof FolderError)) throw error;
    log.warn({ event: 'run failed', run: job.runId, problem: error.message });
    await transaction(sql, async (session) => {
      await failRun(session, job.runId, error.message);
      await setPackageStatus(session, run.packageId, 'error', error.message);
    });
  }
}

async function scanAndRegister(
  job: IngestJob,
  run: { packageId: string; projectId: string; sourcePath: string },
  context: WorkerContext,
): Promise<void> {
  const { sql, boss, log, progress, mediaRoots: roots, signal } = context;
  const { packageId, projectId } = run;
  // Again, since rows may be older than the roots and the folder.
  const folder = await checkFolder(run.sourcePath, roots, signal);
  const scanned = await scanFolder(folder, { roots, signal });
  const { gone, back } = compare(await knownAssets(sql, packageId), scanned);

  const finding = await lookAtFolder(folder, { roots, signal });
  const analysis = analyze(folder, rootOf(roots, folder) ?? folder, scanned, finding, job);
  const subjects = await transaction(sql, async (session) => {
    const ids = await findOrCreateSubjects(session, projectId, [
      analysis.primarySubject,
      ...analysis.placements.map(({ subject }) => subject),
    ]);
    await setPackageAnalysis(session, packageId, {
      type: analysis.type,
      proposal: analysis.proposal,
      primarySubjectId: idOf(ids, analysis.primarySubject),
      subjectIds: [...new Set(ids.values())],
    });
    await setRunFound(session, job.runId, scanned.fileCount);
    return ids;
  });

  const assets = scanned.assets.map((asset, index) => {
    const placement = analysis.placements[index];
    if (!placement) throw new Error(`no placement for ${asset.relativePath}`);
    return { asset, placement, subjectId: idOf(subjects, placement.subject) };
  });
  const placeAnew = job.type !== undefined || job.subject !== undefined;
  for (let start = 0; start < assets.length; start += BATCH) {
    signal.throwIfAborted();
    await transaction(sql, async (session) => {
      const batch = assets.slice(start, start + BATCH);
      const pending = await registerAssets(session, { projectId, packageId, placeAnew, assets: batch });
      await enqueue(
        boss,
        session,
        'probe',
        pending.map(({ id }) => ({ assetId: id, packageId })),
      );
    });
  }
  await transaction(sql, async (session) => {
    await markMissing(session, gone, back);
    const renewed = await renewThumbnails(session, packageId);
    await enqueue(
      boss,
      session,
      'thumbnail',
      renewed.map((assetId) => ({ assetId, packageId })),
    );
    await setRunProcessing(session, job.runId);
  });
  log.info({ event: 'run registered', run: job.runId, files: scanned.fileCount, assets: assets.length });
  progress.touch(packageId);
}

/**
 * Which known assets are gone from the disk, and which are back. What lies below an unreadable folder
 * is neither.
 *
 * @throws FolderError when so much is gone that a mount is the likelier reason.
 */
function compare(
  known: readonly KnownAsset[],
  scanned: Pick<ScannedFolder, 'assets' | 'unreadable'>,
): { gone: string[]; back: string[] } {
  const found = new Set(scanned.assets.map(({ relativePath }) => relativePath));
  const hidden = ({ relativePath }: KnownAsset) =>
    scanned.unreadable.some(
      (place) =>
        place.relativePath === '' ||
        relativePath === place.relativePath ||
        relativePath.startsWith(`${place.relativePath}/`),
    );
  const absent = known.filter((asset) => !found.has(asset.relativePath) && !hidden(asset));
  const newlyGone = absent.filter(({ missing }) => !missing);
  if (known.length >= GUARDED_ASSETS && newlyGone.length > known.length * MAX_MISSING_SHARE) {
    throw new FolderError(
      'invalid_arguments',
      `${newlyGone.length} of the ${known.length} files of this package are gone, which looks like a drive that is not mounted: nothing was changed.`,
    );
  }
  const back = known.filter(({ missing, relativePath }) => missing && found.has(relativePath));
  return { gone: newlyGone.map(({ id }) => id), back: back.map(({ id }) => id) };
}

function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The subject ${name} was deleted while it was looked up.`);
  return id;
}
