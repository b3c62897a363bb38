/** Collects metrics from the library's rows and the disk at each request, so that they are current. */
import { statfs } from 'node:fs/promises';
import type { Sql } from '../sql/client.ts';
import { listRoots, readRunCounts, readWaiting } from '../sql/reports.ts';
import type { Metrics } from './metrics.ts';

/** A database that takes longer counts as away. */
const TIMEOUT_MS = 5000;

export interface LibraryMetricsOptions {
  readonly sql: Sql;
  readonly host: string;
  readonly derivativeFolder: string;
}

export function addLibraryMetrics(metrics: Metrics, { sql, host, derivativeFolder }: LibraryMetricsOptions): void {
  const { registry } = metrics;
  const up = registry.gauge('ihub_postgres_up', '1 when the database answers, else 0.');
  const waiting = registry.gauge('ihub_work_waiting', 'Assets waiting for this kind of work, on all hosts.', ['kind']);
  const runs = registry.gauge('ihub_runs', 'Runs by status, on all hosts.', ['status']);
  const roots = registry.gauge('ihub_media_root_present', '1 when a media root of this host is available, else 0.', [
    'path',
  ]);
  const free = registry.gauge('ihub_derivative_folder_free_bytes', 'Free space for derivatives.');

  metrics.onCollect(async () => {
    const space = await statfs(derivativeFolder).catch(() => null);
    free.set(space === null ? null : space.bavail * space.bsize);
  });
  metrics.onCollect(async () => {
    const found = await withinTime(Promise.all([readWaiting(sql), readRunCounts(sql), listRoots(sql)])).catch(
      () => null,
    );
    up.set(found === null ? 0 : 1);
    for (const gauge of [waiting, runs, roots]) gauge.clear();
    if (found === null) return;
    const [work, counts, known] = found;
    for (const { kind, waiting: count } of work) waiting.set(count, { kind });
    for (const { status, count } of counts) runs.set(count, { status });
    for (const root of known) if (root.host === host) roots.set(root.problem === null ? 1 : 0, { path: root.path });
  });
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('late')), TIMEOUT_MS);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
