/**
 * The kinds of durable work: what each job carries, and how its queue behaves. A job is a nudge: what is to be done
 * stands in the assets' own states, so one that comes twice, or for nothing, does nothing.
 */
import type { Queue } from 'pg-boss';
import { z } from 'zod';

export const ingestJob = z.object({ runId: z.uuid() });
export type IngestJob = z.infer<typeof ingestJob>;

/** Some assets of one package. */
export const assetJob = z.object({
  packageId: z.uuid(),
  assetIds: z.array(z.uuid()).min(1),
  /** How often a program crashed or ran out of time on it: such a file is given up in the end. */
  crashes: z.number().int().min(0).default(0),
});
export type AssetJob = z.input<typeof assetJob>;

export const linkJob = z.object({ packageId: z.uuid() });
export type LinkJob = z.infer<typeof linkJob>;

/**
 * `still`: all of an image in one read. `probe`: facts of everything else, and a first picture where that is cheap.
 * `movie`: what one decode of a video, sound or sequence gives. `fixity`: the hash of all bytes.
 */
export type AssetJobKind = 'still' | 'probe' | 'movie';
export type JobKind = 'ingest' | 'link' | 'fixity' | AssetJobKind;
export const ASSET_JOB_KINDS: readonly AssetJobKind[] = ['still', 'probe', 'movie'];
export const JOB_KINDS: readonly JobKind[] = ['ingest', 'link', 'fixity', ...ASSET_JOB_KINDS];

export interface JobData {
  ingest: IngestJob;
  link: LinkJob;
  still: AssetJob;
  probe: AssetJob;
  movie: AssetJob;
  fixity: AssetJob;
}

/** Assets to one job: few enough that one which is lost costs seconds, so many that jobs cost nothing beside the work. */
export const CHUNK: Readonly<Record<AssetJobKind | 'fixity', number>> = { still: 32, probe: 8, movie: 1, fixity: 16 };
/** What somebody waits for comes in smaller parts: each is seen when its job ends. */
export const URGENT_CHUNK: typeof CHUNK = { still: 8, probe: 2, movie: 1, fixity: 16 };

/** Higher goes first within a queue: what people look at, then the first assets of a package. */
export const PRIORITY = { wanted: 100, first: 10, ordinary: 0 } as const;

/** Where the jobs go that failed for the last time; its worker says so on the run or the assets. */
export const GIVEN_UP = 'given-up';

const HOUR = 3600;
const DAY = 24 * HOUR;

const common = {
  // A daemon that is killed keeps its jobs for this long, unless it was the only one.
  heartbeatSeconds: 15,
  // Failures of the host, not of the file: Postgres restarts, the daemon is killed. A file that kills the
  // daemon comes to an end too.
  retryLimit: 12,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  // Queued work is never thrown away for its age.
  retentionSeconds: 365 * DAY,
  deleteAfterSeconds: HOUR,
  notify: true,
} satisfies Omit<Queue, 'name'>;

/** Expiry covers a whole chunk; the programs inside have their own, shorter timeouts. */
export const QUEUES: Readonly<Record<JobKind, Omit<Queue, 'name'>>> = {
  // It goes on where it was, so that a daemon that is killed again and again comes through all the same.
  ingest: { ...common, expireInSeconds: 12 * HOUR, retryLimit: 100, deadLetter: GIVEN_UP },
  link: { ...common, expireInSeconds: HOUR },
  still: { ...common, expireInSeconds: HOUR, deadLetter: GIVEN_UP },
  probe: { ...common, expireInSeconds: HOUR, deadLetter: GIVEN_UP },
  // Its programs are processes of their own: a lost one says nothing about the file.
  movie: { ...common, expireInSeconds: 24 * HOUR, retryLimit: 1000, deadLetter: GIVEN_UP },
  fixity: { ...common, expireInSeconds: 12 * HOUR },
};
export const GIVEN_UP_QUEUE: Omit<Queue, 'name'> = { ...common, expireInSeconds: HOUR };
