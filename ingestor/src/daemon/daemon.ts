/** Runs the daemon: registers this host's ingestor, watches its media roots, and works on jobs until it is stopped. */
import { setTimeout as delay } from 'node:timers/promises';
import { migrateServer } from '@ingesthub/schema/database/migrate-server.ts';
import { createDatabaseDisk } from '@ingesthub/schema/environment/database-disk.ts';
import type { PgBoss } from 'pg-boss';
import { DerivativeQuota } from '../derivatives/derivative-quota.ts';
import { keepLinks } from '../jobs/link-work.ts';
import { HostHealth } from '../jobs/queue/host-health.ts';
import { freeAbandonedJobs, openQueues } from '../jobs/queue/job-queues.ts';
import { followProgress } from '../jobs/queue/run-progress.ts';
import { WorkInProgress } from '../jobs/queue/work-in-progress.ts';
import type { WorkerContext } from '../jobs/queue/worker-context.ts';
import { takeUpRows } from '../jobs/take-up-rows.ts';
import { startWorkers } from '../jobs/workers.ts';
import { createLog } from '../log/create-log.ts';
import { DerivativeStore } from '../media/tools/derivative-store.ts';
import { findTools, missingTools } from '../media/tools/installed-tools.ts';
import { addLibraryMetrics } from '../metrics/library-metrics.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { addProcessMetrics } from '../metrics/process-metrics.ts';
import { serveMetrics } from '../metrics/serve-metrics.ts';
import { findRoots } from '../roots/find-roots.ts';
import { RootPulses } from '../roots/root-pulse.ts';
import type { DaemonConfig } from '../settings/config.ts';
import { VERSION } from '../settings/version.ts';
import { analysisAnswers } from '../sql/analysis-answers.ts';
import { connect, type Sql, waitForDatabase } from '../sql/client.ts';
import { holdHostLock, whileJoining } from '../sql/host-lock.ts';
import { registerIngestor, touchIngestor } from '../sql/ingestors.ts';
import { watchRoots } from '../watch/watch.ts';
import { DatabaseOutage } from './database-outage.ts';
import { keepDerivatives } from './keep-derivatives.ts';

const HEARTBEAT_MS = 5000;
/** Two seconds less than the ten that a service manager waits. */
const STOP_TIMEOUT_MS = 8000;

export interface DaemonEvents {
  /** Called once the daemon takes jobs. */
  readonly onReady?: () => void;
}

/**
 * Runs until the signal aborts, and ends within ten seconds of it; unfinished jobs go back to their queues. Waits for a
 * database that does not respond.
 *
 * @throws Error with one sentence for people when the daemon cannot start, or when another daemon takes its place.
 */
export async function runDaemon(config: DaemonConfig, signal: AbortSignal, events: DaemonEvents = {}): Promise<void> {
  const log = createLog({
    level: config.logLevel,
    host: config.host,
    isExplained: (error) => outage.explains(error),
  });
  const outage = new DatabaseOutage(log);
  const sql = connect(config.databaseUrl, { max: 6 });
  const lock = connect(config.databaseUrl, { max: 1, maxLifetime: null });
  const over = new AbortController();
  const work = AbortSignal.any([signal, over.signal]);
  let boss: PgBoss | null = null;
  const background: Promise<void>[] = [];
  try {
    await waitForDatabase(sql, config.databaseUrl, { log, signal: work });
    await migrateServer(sql);
    const tools = await findTools(work);
    for (const sentence of missingTools(tools)) log.warn({ event: 'tool missing' }, sentence);
    const quota = new DerivativeQuota({ folder: config.derivativeFolder, quota: config.derivativeQuota });
    const store = new DerivativeStore(
      config.derivativeFolder,
      config.host,
      quota.isSet ? (bytes) => quota.add(bytes) : null,
    );
    const roots = await findRoots(config, {
      sql,
      patienceMs: config.rootPatienceMs,
      signal: work,
      onChange: (root, isSilent) => {
        if (isSilent) log.error({ event: 'root silent', root });
        else log.info({ event: 'root answers again', root });
      },
    });
    const pulses = new RootPulses(new Map(roots.map(({ id, pulse }) => [id, pulse])));
    background.push(...roots.map(({ pulse }) => pulse.watch()));
    const mediaRoots = roots.map(({ path }) => path);

    const queues = await openQueues(
      config.databaseUrl,
      roots.map(({ id }) => id),
      (error) => log.error({ event: 'jobs', err: error }),
    );
    boss = queues;
    await whileJoining(sql, async () => {
      if (!(await holdHostLock(lock, config.host))) throw alreadyRuns(config.host);
      const freed = await freeAbandonedJobs(queues, sql);
      if (freed > 0) log.info({ event: 'jobs of a killed ingestor freed', jobs: freed });
    });
    // If this fails, work is impossible too, which `health` reports.
    await store.clear().catch(() => {});
    await registerIngestor(sql, {
      host: config.host,
      pid: process.pid,
      version: VERSION,
      media_roots: mediaRoots,
      tools: { ...tools },
    });

    const { host, machine, datasetsRoot } = config;
    const metrics = createMetrics();
    addLibraryMetrics(metrics, { sql, host, derivativeFolder: config.derivativeFolder });
    addProcessMetrics(metrics, { host, version: VERSION });
    if (config.metricsPort !== null) {
      const { ended } = await serveMetrics(metrics, config.metricsPort, work);
      background.push(ended);
    }
    const health = new HostHealth({
      folder: config.derivativeFolder,
      reserve: config.minFree,
      databaseDisk: createDatabaseDisk(config.databaseFolder, config.minFree),
      signal: work,
      otherProblem: () => quota.stop,
      onChange: (problem) => {
        if (problem === null) log.info({ event: 'work goes on' });
        else log.error({ event: 'work waits', problem });
      },
    });
    await health.check();
    const progress = followProgress(sql, queues, log, work);
    background.push(progress.finished);
    const context: WorkerContext = {
      host,
      machine,
      datasetsRoot,
      metrics,
      roots,
      pulses,
      mediaRoots,
      tools,
      store,
      signal: work,
      sql,
      boss: queues,
      log,
      progress,
      health,
      inProgress: new WorkInProgress(),
      quota,
      analysis: { model: { ...config.model, cache: analysisAnswers(sql) }, autoAccept: config.autoAccept },
    };
    await startWorkers(context);
    background.push(takeUpRows(context), keepLinks(context), keepDerivatives(config.derivativeFolder, context));
    if (config.watch.mode !== 'off') {
      background.push(watchRoots({ ...config.watch, native: config.watch.mode === 'native' }, lock, context));
    }
    log.info({
      event: 'ready',
      pid: process.pid,
      version: VERSION,
      tools,
      mediaRoots,
      metricsPort: config.metricsPort,
    });
    events.onReady?.();
    await beat(context, lock, outage);
  } finally {
    over.abort();
    log.info({ event: 'stopping' });
    await boss?.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    await Promise.all(background);
    await Promise.all([sql.end({ timeout: 1 }), lock.end({ timeout: 1 })]);
    log.info({ event: 'stopped' });
  }
}

/** Sends a heartbeat every five seconds, and checks that the host's lock is still held, until the signal aborts. */
async function beat(
  { sql, host, log, health, quota, pulses, signal }: WorkerContext,
  lock: Sql,
  outage: DatabaseOutage,
): Promise<void> {
  while (!signal.aborted) {
    await delay(HEARTBEAT_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      await health.check();
      if (!(await holdHostLock(lock, host))) throw alreadyRuns(host);
      await touchIngestor(sql, host, health.problem ?? quota.problem ?? pulses.problem);
      outage.over();
    } catch (error) {
      if (error instanceof HostTaken) throw error;
      // Postgres may be unavailable: the connections recover by themselves.
      log.warn({ event: 'heartbeat failed', err: error });
    }
  }
}

class HostTaken extends Error {
  override readonly name = 'HostTaken';
}

function alreadyRuns(host: string): HostTaken {
  return new HostTaken(`An ingestor is already running on ${host} for this database; each host needs only one.`);
}
