/** The daemon: registers this host's ingestor, and works its jobs until it is told to end. */
import { setTimeout as delay } from 'node:timers/promises';
import { migrateServer } from '@ingesthub/schema/migrate-server.ts';
import type { PgBoss } from 'pg-boss';
import { type Logger, pino } from 'pino';
import type { DaemonConfig } from './config.ts';
import { freeAbandonedJobs, openQueues } from './jobs/job-queues.ts';
import { followProgress } from './jobs/run-progress.ts';
import { startWorkers } from './jobs/workers.ts';
import { DerivativeStore } from './media/derivative-store.ts';
import { findTools, missingTools } from './media/installed-tools.ts';
import { checkConnection, connect, type Sql } from './sql/client.ts';
import { holdHostLock, whileJoining } from './sql/host-lock.ts';
import { registerIngestor, touchIngestor } from './sql/ingestors.ts';
import { VERSION } from './version.ts';

const HEARTBEAT_MS = 5000;
/** Leaves two of the ten seconds that whoever ends us waits. */
const STOP_TIMEOUT_MS = 8000;

export interface DaemonEvents {
  /** Called once it takes jobs. */
  readonly onReady?: () => void;
}

/**
 * Runs until the signal aborts, and ends within ten seconds of it; jobs that it was at go back to their
 * queues.
 *
 * @throws Error with one sentence for people when it cannot start, or when another daemon took its place.
 */
export async function runDaemon(config: DaemonConfig, signal: AbortSignal, events: DaemonEvents = {}): Promise<void> {
  const log = pino({ level: config.logLevel, base: { host: config.host } });
  const sql = connect(config.databaseUrl, { max: 6 });
  const lock = connect(config.databaseUrl, { max: 1, maxLifetime: null });
  const over = new AbortController();
  const work = AbortSignal.any([signal, over.signal]);
  let boss: PgBoss | null = null;
  let progress: ReturnType<typeof followProgress> | null = null;
  try {
    await checkConnection(sql, config.databaseUrl);
    await migrateServer(sql);
    const tools = await findTools(work);
    for (const sentence of missingTools(tools)) log.warn({ event: 'tool missing' }, sentence);
    const store = new DerivativeStore(config.derivativeFolder, config.host);

    const queues = await openQueues(config.databaseUrl, (error) => log.error({ event: 'jobs', err: error }));
    boss = queues;
    await whileJoining(sql, async () => {
      if (!(await holdHostLock(lock, config.host))) throw alreadyRuns(config.host);
      const freed = await freeAbandonedJobs(queues, sql);
      if (freed > 0) log.info({ event: 'jobs of a killed ingestor freed', jobs: freed });
    });
    await store.clear();
    await registerIngestor(sql, {
      host: config.host,
      pid: process.pid,
      version: VERSION,
      media_roots: [...config.mediaRoots],
      tools: { ...tools },
    });

    progress = followProgress(sql, log, work);
    const { host, mediaRoots } = config;
    await startWorkers({ host, mediaRoots, tools, store, signal: work, sql, boss: queues, log, progress });
    log.info({ event: 'ready', pid: process.pid, version: VERSION, tools, mediaRoots });
    events.onReady?.();
    await beat(sql, lock, config.host, log, work);
  } finally {
    over.abort();
    log.info({ event: 'stopping' });
    await boss?.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    await progress?.finished;
    await Promise.all([sql.end({ timeout: 1 }), lock.end({ timeout: 1 })]);
    log.info({ event: 'stopped' });
  }
}

/** Says that we live, every five seconds, and sees that the lock is ours still, until the signal aborts. */
async function beat(sql: Sql, lock: Sql, host: string, log: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(HEARTBEAT_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      if (!(await holdHostLock(lock, host))) throw alreadyRuns(host);
      await touchIngestor(sql, host);
    } catch (error) {
      if (error instanceof HostTaken) throw error;
      // Postgres is away: the connections come back by themselves.
      log.warn({ event: 'heartbeat failed', err: error });
    }
  }
}

class HostTaken extends Error {
  override readonly name = 'HostTaken';
}

function alreadyRuns(host: string): HostTaken {
  return new HostTaken(`An ingestor already runs on ${host} for this database: one for each host is enough.`);
}
