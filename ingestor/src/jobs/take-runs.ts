/**
 * Turns what people and commands wrote into rows (a run that is queued, held or let go) into jobs. The rows are the
 * truth: whoever writes one needs no queue, and a daemon that was away finds what it missed.
 */
import { stat } from 'node:fs/promises';
import { diskPath } from '@ingesthub/schema/disk-path.ts';
import { storedText } from '@ingesthub/schema/stored-path.ts';
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

/** @returns how many runs were taken up. */
export async function takeRuns(context: WorkerContext): Promise<number> {
  const { sql, boss, roots, host, progress, health, pulses } = context;
  return transaction(sql, async (session) => {
    for (const { packageId } of await applyHolds(session)) progress.touch(packageId);
    // They stay queued until there is room for their rows.
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

/** Ends the work on packages of which a person has just held a run; it goes on from there. */
export async function stopHeld({ sql, inProgress }: WorkerContext): Promise<void> {
  for (const packageId of await heldPackages(sql, inProgress.packages())) inProgress.hold(packageId);
}

/** What people look at and is not ready comes first. */
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
 * Of a package that nobody has taken yet: the innermost root of ours that its folder lies in. Where hosts have roots
 * of the same path, the one that has the folder takes it.
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
  // A root that does not answer may have it: its run waits.
  const isThere = await pulses
    .of(root.id)
    .during(() => stat(diskPath(run.sourcePath)))
    .catch(() => null);
  return isThere === null ? null : root;
}
