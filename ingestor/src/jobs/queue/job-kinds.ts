/**
 * Defines the kinds of durable work: the data of each job, and the behaviour of its queue. A job is only a nudge: the
 * assets' own states record what is pending, so a repeated or unnecessary job does nothing.
 */
import type { Queue } from 'pg-boss';
import { z } from 'zod';

export const ingestJob = z.object({ runId: z.uuid() });
export type IngestJob = z.infer<typeof ingestJob>;

/** Some assets of one package. */
export const assetJob = z.object({
  packageId: z.uuid(),
  assetIds: z.array(z.uuid()).min(1),
  /** How often a program crashed or timed out on the asset: such a file is given up eventually. */
  crashes: z.number().int().min(0).default(0),
});
export type AssetJob = z.input<typeof assetJob>;

export const linkJob = z.object({ packageId: z.uuid() });
export type LinkJob = z.infer<typeof linkJob>;

/**
 * `still`: everything for an image in one read. `probe`: facts of other files, and a first picture where that is cheap.
 * `video`: everything that one decode of a video, sound or sequence yields. `fixity`: the hash of all bytes.
 */
export type AssetJobKind = 'still' | 'probe' | 'video';
export type JobKind = 'ingest' | 'link' | 'fixity' | AssetJobKind;
export const ASSET_JOB_KINDS: readonly AssetJobKind[] = ['still', 'probe', 'video'];
export const JOB_KINDS: readonly JobKind[] = ['ingest', 'link', 'fixity', ...ASSET_JOB_KINDS];

export interface JobData {
  ingest: IngestJob;
  link: LinkJob;
  still: AssetJob;
  probe: AssetJob;
  video: AssetJob;
  fixity: AssetJob;
}

/**
 * Assets in one job: few enough that a lost job costs seconds, many enough that jobs cost little compared with the
 * work.
 */
export const CHUNK: Readonly<Record<AssetJobKind | 'fixity', number>> = { still: 32, probe: 8, video: 1, fixity: 16 };
/** Work that a person waits for comes in smaller jobs, because results appear when a job ends. */
export const URGENT_CHUNK: typeof CHUNK = { still: 8, probe: 2, video: 1, fixity: 16 };

/** Higher values run first within a queue: assets that people look at, then the first assets of a package. */
export const PRIORITY = { wanted: 100, first: 10, ordinary: 0 } as const;

/** Queue of jobs that failed for the last time; its worker records the failure on the run or the assets. */
export const GIVEN_UP = 'given-up';

const HOUR = 3600;
const DAY = 24 * HOUR;

const common = {
  // A killed daemon keeps its jobs for this long, unless it was the only one.
  heartbeatSeconds: 15,
  // Covers failures of the host rather than the file: Postgres restarts, the daemon is killed. A file that kills the
  // daemon is given up eventually too.
  retryLimit: 12,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  // Queued work never expires.
  retentionSeconds: 365 * DAY,
  deleteAfterSeconds: HOUR,
  notify: true,
} satisfies Omit<Queue, 'name'>;

/** Expiry covers a whole job; the programs inside have shorter timeouts of their own. */
export const QUEUES: Readonly<Record<JobKind, Omit<Queue, 'name'>>> = {
  // The job resumes where it stopped, so even a daemon that is killed again and again completes it.
  ingest: { ...common, expireInSeconds: 12 * HOUR, retryLimit: 100, deadLetter: GIVEN_UP },
  link: { ...common, expireInSeconds: HOUR },
  still: { ...common, expireInSeconds: HOUR, deadLetter: GIVEN_UP },
  probe: { ...common, expireInSeconds: HOUR, deadLetter: GIVEN_UP },
  // Its programs are separate processes: a lost one says nothing about the file.
  video: { ...common, expireInSeconds: 24 * HOUR, retryLimit: 1000, deadLetter: GIVEN_UP },
  fixity: { ...common, expireInSeconds: 12 * HOUR },
};
export const GIVEN_UP_QUEUE: Omit<Queue, 'name'> = { ...common, expireInSeconds: HOUR };
