/**
 * Turns rows that people and commands write (runs that are queued, held or released) into jobs. The rows are the truth:
 * their writers need no queue, and a daemon that was down finds what it missed.
 */
import { stat } from 'node:fs/promises';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { storedText } from '@ingesthub/schema/paths/stored-path.ts';
import type { MediaRoot } from '../roots/media-root.ts';
import type { RootPulses } from '../roots/root-pulse.ts';
import { isInside } from '../scan/media-roots.ts';
import { transaction } from '../sql/client.ts';
import { countHostLocks } from '../sql/host-lock.ts';
import { ALIVE_SECONDS } from '../sql/ingestors.ts';
import {
  applyHolds,
  assignRun,
  explainWaiting,
  heldPackages,
  type QueuedRun,
  queuedRuns,
  setPackageRoot,
} from '../sql/runs.ts';
import { takeWanted } from '../sql/wanted.ts';
import { PRIORITY } from './queue/job-kinds.ts';
import { enqueue } from './queue/job-queues.ts';
import { queueAssets } from './queue/queue-pending.ts';
import type { WorkerContext } from './queue/worker-context.ts';

/** @returns the number of runs taken up. */
export async function takeRuns(context: WorkerContext): Promise<number> {
  const { sql, boss, roots, host, progress, health, pulses } = context;
  return transaction(sql, async (session) => {
    for (const { packageId } of await applyHolds(session)) progress.touch(packageId);
    // Runs stay queued until the database has space for their rows.
    if (health.databaseProblem !== null) return 0;
    let taken = 0;
    const alone = (await countHostLocks(session)) <= 1;
    const packages = new Set<string>();
    for (const run of await queuedRuns(session, roots)) {
      if (packages.has(run.packageId)) continue;
      packages.add(run.packageId);
      const root = await rootOfRun(run, roots, alone, pulses);
      if (root === null) continue;
      await setPackageRoot(session, run.packageId, root.id);
      await assignRun(session, run.runId, host);
      await enqueue(boss, session, { kind: 'ingest', rootId: root.id }, [{ runId: run.runId }]);
      taken += 1;
    }
    await explainWaiting(session, ALIVE_SECONDS);
    return taken;
  });
}

/** Ends the work on packages whose run a person has just held; the work can resume later. */
export async function stopHeld({ sql, inProgress }: WorkerContext): Promise<void> {
  for (const packageId of await heldPackages(sql, inProgress.packages())) inProgress.hold(packageId);
}

/** Queues pending assets that people are looking at, with priority. */
export async function queueWanted({ sql, boss, roots }: WorkerContext): Promise<number> {
  return transaction(sql, async (session) => {
    const assets = await takeWanted(
      session,
      roots.map(({ id }) => id),
    );
    for (const [packageId, some] of Map.groupBy(assets, (asset) => asset.packageId)) {
      const [first] = some;
      if (!first) continue;
      const target = { packageId, rootId: first.rootId, priority: PRIORITY.wanted };
      await queueAssets(session, some, target, { boss });
    }
    return assets.length;
  });
}

/**
 * Returns the root for a run that no ingestor has taken yet: the innermost of ours that contains its folder. When
 * several hosts have roots with the same path, the host that has the folder takes the run.
 */
async function rootOfRun(
  run: QueuedRun,
  roots: readonly MediaRoot[],
  alone: boolean,
  pulses: RootPulses,
): Promise<MediaRoot | null> {
  if (run.mediaRoot !== null) return roots.find(({ id }) => id === run.mediaRoot) ?? null;
  const [root = null] = roots
    .filter(({ path }) => isInside(path, storedText(run.sourcePath)))
    .sort((a, b) => b.path.length - a.path.length);
  if (root === null || alone) return root;
  // A root that does not respond may hold the folder, so its run waits.
  const isThere = await pulses
    .of(root.id)
    .during(() => stat(diskPath(run.sourcePath)))
    .catch(() => null);
  return isThere === null ? null : root;
}
