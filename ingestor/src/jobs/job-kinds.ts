/** The kinds of durable work: what each job carries, and how its queue behaves. */
import { packageType } from '@ingesthub/schema/vocabulary.ts';
import type { Queue } from 'pg-boss';
import { z } from 'zod';

export const ingestJob = z.object({
  runId: z.uuid(),
  /** What the person who started it said; above the rules. */
  type: packageType.optional(),
  subject: z.string().optional(),
});
export type IngestJob = z.infer<typeof ingestJob>;

/** The work on one asset: probe, thumbnail or proxy. */
export const assetJob = z.object({ assetId: z.uuid(), packageId: z.uuid() });
export type AssetJob = z.infer<typeof assetJob>;

export type AssetJobKind = 'probe' | 'thumbnail' | 'proxy';
export type JobKind = 'ingest' | AssetJobKind;
export const JOB_KINDS: readonly JobKind[] = ['ingest', 'probe', 'thumbnail', 'proxy'];

export interface JobData {
  ingest: IngestJob;
  probe: AssetJob;
  thumbnail: AssetJob;
  proxy: AssetJob;
}

/** Where the jobs go that failed for the last time; its worker says so on the run or the asset. */
export const GIVEN_UP = 'given-up';

const HOUR = 3600;
const DAY = 24 * HOUR;

const common = {
  // A daemon that is killed keeps its jobs for this long, unless one of its own host starts again.
  heartbeatSeconds: 15,
  // Failures of the host, not of the file: the disk is full, Postgres restarts, the daemon is killed.
  // A file that kills the daemon comes to an end too.
  retryLimit: 12,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  // Queued work is never thrown away for its age.
  retentionSeconds: 365 * DAY,
  deleteAfterSeconds: HOUR,
  notify: true,
} satisfies Omit<Queue, 'name'>;

/** Expiry covers a whole batch; the programs inside have their own, shorter timeouts. */
export const QUEUES: Readonly<Record<JobKind, Omit<Queue, 'name'>>> = {
  ingest: { ...common, expireInSeconds: 12 * HOUR, deadLetter: GIVEN_UP },
  probe: { ...common, expireInSeconds: HOUR, deadLetter: GIVEN_UP },
  thumbnail: { ...common, expireInSeconds: HOUR, deadLetter: GIVEN_UP },
  proxy: { ...common, expireInSeconds: 12 * HOUR, deadLetter: GIVEN_UP },
};
export const GIVEN_UP_QUEUE: Omit<Queue, 'name'> = { ...common, expireInSeconds: HOUR };
