/**
 * Keeps the counters of runs in step with their assets, at most once a second for each package. They are recounted
 * rather than incremented, so a crash cannot make them wrong.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { type Sql, transaction } from '../../sql/client.ts';
import { packagesInProgress, requeueStalledRuns } from '../../sql/runs.ts';
import { endRuns } from './end-runs.ts';

const INTERVAL_MS = 1000;
/** Rounds between counts of all unfinished packages: another ingestor may have finished the last asset and died. */
const FULL_ROUND = 15;

export interface RunProgress {
  /** Marks a package whose assets changed state. */
  touch(packageId: string): void;
}

/** Runs until the signal aborts; `finished` then resolves. */
export function followProgress(
  sql: Sql,
  boss: PgBoss,
  log: Logger,
  signal: AbortSignal,
): RunProgress & { readonly finished: Promise<void> } {
  let touched = new Set<string>();

  const round = async (all: boolean) => {
    const packages = touched;
    touched = new Set();
    if (all) {
      const stalled = await requeueStalledRuns(sql);
      if (stalled > 0) log.info({ event: 'runs queued again', runs: stalled });
    }
    if (all) for (const packageId of await packagesInProgress(sql)) packages.add(packageId);
    for (const packageId of packages) {
      const ended = await transaction(sql, (session) => endRuns(session, boss, packageId));
      for (const run of ended) log.info({ event: 'run done', run, package: packageId });
    }
  };

  const finished = (async () => {
    for (let count = 0; !signal.aborted; count += 1) {
      try {
        await round(count % FULL_ROUND === 0);
      } catch (error) {
        // The next full round counts what this one missed.
        log.warn({ event: 'progress not written', err: error });
      }
      await delay(INTERVAL_MS, undefined, { signal }).catch(() => {});
    }
  })();
  return { touch: (packageId) => touched.add(packageId), finished };
}
