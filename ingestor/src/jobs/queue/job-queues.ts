/** Opens the queues of durable jobs in Postgres (pg-boss, in a schema of its own), and adds jobs to them. */
import { createHash } from 'node:crypto';
import { type Db, PgBoss } from 'pg-boss';
import type { Sql, TransactionSql } from '../../sql/client.ts';
import { countHostLocks } from '../../sql/host-lock.ts';
import {
  type AssetJobKind,
  CHUNK,
  GIVEN_UP,
  GIVEN_UP_QUEUE,
  JOB_KINDS,
  type JobData,
  type JobKind,
  PRIORITY,
  QUEUES,
  URGENT_CHUNK,
} from './job-kinds.ts';

const SCHEMA = 'pgboss';

/** Returns the name of a media root's queue: only ingestors that can read the root take its jobs. */
export function queueName(kind: JobKind, rootId: string): string {
  return `${kind}.${createHash('sha256').update(rootId).digest('hex').slice(0, 16)}`;
}

/** Creates the schema and the queues of the roots, supervises heartbeats, and listens for new jobs. */
export async function openQueues(
  databaseUrl: string,
  rootIds: readonly string[],
  onError: (error: Error) => void,
): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: SCHEMA,
    application_name: 'ihub-jobs',
    max: 6,
    useListenNotify: true,
    schedule: false,
    // Bounds the delay until the jobs of a silent ingestor on another host are taken over.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(GIVEN_UP, GIVEN_UP_QUEUE);
  for (const rootId of rootIds) await openRootQueues(boss, rootId);
  return boss;
}

async function openRootQueues(boss: PgBoss, rootId: string): Promise<void> {
  for (const kind of JOB_KINDS) {
    const name = queueName(kind, rootId);
    await boss.createQueue(name, QUEUES[kind]);
    // Queues created by an older version get the present rules.
    await boss.updateQueue(name, QUEUES[kind]);
  }
}

/** The queue of a job, its priority and its delay. */
export interface Destination<Kind extends JobKind> {
  readonly kind: Kind;
  readonly rootId: string;
  readonly priority?: number;
  readonly startAfterSeconds?: number;
}

/** Adds jobs in the caller's transaction: they exist if and only if its rows do. */
export async function enqueue<Kind extends JobKind>(
  boss: PgBoss,
  sql: TransactionSql,
  destination: Destination<Kind>,
  jobs: readonly JobData[Kind][],
): Promise<void> {
  if (jobs.length === 0) return;
  const { kind, rootId, priority = PRIORITY.ordinary, startAfterSeconds = 0 } = destination;
  await boss.insert(
    queueName(kind, rootId),
    jobs.map((data) => ({ data, priority, startAfter: startAfterSeconds })),
    { db: inTransaction(sql) },
  );
}

/** Adds jobs for some assets of a package, in chunks. */
export async function enqueueAssets(
  boss: PgBoss,
  sql: TransactionSql,
  destination: Destination<AssetJobKind | 'fixity'>,
  packageId: string,
  assetIds: readonly string[],
): Promise<void> {
  const { kind, priority = PRIORITY.ordinary } = destination;
  const size = (priority > PRIORITY.ordinary ? URGENT_CHUNK : CHUNK)[kind];
  const jobs: { packageId: string; assetIds: string[] }[] = [];
  for (let start = 0; start < assetIds.length; start += size) {
    jobs.push({ packageId, assetIds: assetIds.slice(start, start + size) });
  }
  await enqueue(boss, sql, destination, jobs);
}

/**
 * Frees the jobs of a killed daemon immediately. A job does not name its owner, but while no other daemon holds a
 * host's lock, every active job is abandoned. With other daemons alive, missing heartbeats reveal abandoned jobs
 * instead.
 *
 * @returns the number of freed jobs.
 */
export async function freeAbandonedJobs(boss: PgBoss, sql: Sql): Promise<number> {
  if ((await countHostLocks(sql)) > 1) return 0;
  const rows = await sql<{ name: string; ids: string[] }[]>`
    SELECT name, array_agg(id::text) AS ids FROM ${sql(SCHEMA)}.job WHERE state = 'active' GROUP BY name`;
  for (const { name, ids } of rows)
    await boss.fail(name, ids, { message: 'the ingestor that worked on this job ended' });
  return rows.reduce((sum, { ids }) => sum + ids.length, 0);
}

function inTransaction(sql: TransactionSql): Db {
  return {
    async executeSql(text, values = []) {
      return { rows: await sql.unsafe(text, values as never[]) };
    },
  };
}
