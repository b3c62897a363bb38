/** Durable jobs in Postgres, by pg-boss in a schema of its own: opening the queues, and adding to them. */
import { type Db, PgBoss } from 'pg-boss';
import type { Sql, TransactionSql } from '../sql/client.ts';
import { countHostLocks } from '../sql/host-lock.ts';
import { GIVEN_UP, GIVEN_UP_QUEUE, JOB_KINDS, type JobData, type JobKind, QUEUES } from './job-kinds.ts';

const SCHEMA = 'pgboss';

/** For a daemon: makes the schema and the queues, watches over heartbeats, listens for new jobs. */
export async function openQueues(databaseUrl: string, onError: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: SCHEMA,
    application_name: 'ihub-jobs',
    max: 6,
    useListenNotify: true,
    schedule: false,
    // How soon the jobs of an ingestor that went silent on another host are taken up.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(GIVEN_UP, GIVEN_UP_QUEUE);
  for (const kind of JOB_KINDS) await boss.createQueue(kind, QUEUES[kind]);
  return boss;
}

/** For a command: only adds jobs to queues that a daemon has made. */
export async function openSender(databaseUrl: string): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: SCHEMA,
    application_name: 'ihub-jobs',
    max: 1,
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  boss.on('error', () => {});
  return boss.start();
}

/** Adds jobs in the caller's transaction: they exist when, and only when, its rows do. */
export async function enqueue<Kind extends JobKind>(
  boss: PgBoss,
  sql: TransactionSql,
  kind: Kind,
  jobs: readonly JobData[Kind][],
  priority = 0,
): Promise<void> {
  if (jobs.length === 0) return;
  await boss.insert(
    kind,
    jobs.map((data) => ({ data, priority })),
    { db: inTransaction(sql) },
  );
}

/**
 * Takes up at once what a killed daemon left. A job does not say whose it is; but when no other daemon
 * holds a host's lock, whatever is active belongs to nobody. With others alive, the silence of the
 * jobs' heartbeats tells.
 *
 * @returns how many jobs were freed.
 */
export async function freeAbandonedJobs(boss: PgBoss, sql: Sql): Promise<number> {
  if ((await countHostLocks(sql)) > 1) return 0;
  let freed = 0;
  for (const kind of [...JOB_KINDS, GIVEN_UP]) {
    const rows = await sql<{ id: string }[]>`
      SELECT id FROM ${sql(SCHEMA)}.job WHERE name = ${kind} AND state = 'active'`;
    if (rows.length === 0) continue;
    await boss.fail(
      kind,
      rows.map(({ id }) => id),
      { message: 'the ingestor that worked on it ended' },
    );
    freed += rows.length;
  }
  return freed;
}

function inTransaction(sql: TransactionSql): Db {
  return {
    async executeSql(text, values = []) {
      return { rows: await sql.unsafe(text, values as never[]) };
    },
  };
}
