/** Runs the job `link`, and the sweep that updates links after people change what is linked. */
import { setTimeout as delay } from 'node:timers/promises';
import { linkPackage } from '../link/link-package.ts';
import { sweepLinks } from '../link/sweep-links.ts';
import type { LinkJob } from './queue/job-kinds.ts';
import type { WorkerContext } from './queue/worker-context.ts';

const SWEEP_MS = 30_000;

export async function linkPackageJob({ packageId }: LinkJob, context: WorkerContext): Promise<void> {
  await linkPackage(packageId, { ...context, host: context.machine });
}

/** Runs until the signal aborts. */
export async function keepLinks(context: WorkerContext): Promise<void> {
  const { signal, log, datasetsRoot } = context;
  while (datasetsRoot !== null && !signal.aborted) {
    await delay(SWEEP_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      await sweepLinks({ ...context, host: context.machine });
    } catch (error) {
      if (!signal.aborted) log.warn({ event: 'links not swept', err: error });
    }
  }
}
