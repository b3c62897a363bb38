/** Tells a daemon of queued runs by a job; to be removed with its callers when daemons take queued runs up themselves. */
import type { RunOptions } from '@ingesthub/schema/run-options.ts';
import type { Sql, TransactionSql } from '../sql/client.ts';

export interface Nudge {
  /** In the transaction that writes the run. */
  send(session: TransactionSql, runId: string, options: RunOptions): Promise<void>;
  end(): Promise<void>;
}

export async function openNudge(sql: Sql, databaseUrl: string): Promise<Nudge> {
  const [queues] = await sql<{ exist: boolean }[]>`SELECT to_regclass('pgboss.job') IS NOT NULL AS exist`;
  if (!queues?.exist) return { send: async () => {}, end: async () => {} };
  const { enqueue, openSender } = await import('../jobs/job-queues.ts');
  const sender = await openSender(databaseUrl);
  return {
    async send(session, runId, { type, subject }) {
      const said = { ...(type === undefined ? {} : { type }), ...(subject === undefined ? {} : { subject }) };
      await enqueue(sender, session, 'ingest', [{ runId, ...said }]);
    },
    end: () => sender.stop({ graceful: false }),
  };
}
