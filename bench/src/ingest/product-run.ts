/** An ingestor with a Postgres of its own, as a studio runs it, and what it is seen to do. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type TemporaryFolder, temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { type DaemonProcess, type Finished, runIhub, startDaemon } from '@ingesthub/ingestor/testing/ihub-process.ts';
import { type RunningPostgres, startPostgres } from '@ingesthub/launch/postgres.ts';
import postgres, { type Sql } from 'postgres';

const POLL_MS = 20;
const TIMEOUT_MS = 30 * 60_000;
const MEMORY_MS = 500;

export interface ProductRun extends AsyncDisposable {
  readonly sql: Sql;
  /** A media root. */
  readonly media: string;
  /** The ingestor's resident memory, in bytes: at most, and now. */
  memory(): Promise<{ peak: number; now: number }>;
  /** `ihub`, to its end. */
  ihub(...args: string[]): Promise<Finished>;
  /** Milliseconds until a query of one boolean says so. @throws Error after half an hour. */
  until(query: (sql: Sql) => Promise<readonly { seen: boolean }[]>): Promise<number>;
}

/** @param fill makes what the media root holds, before anything runs. */
export async function startProductRun(fill: (media: string) => Promise<void>): Promise<ProductRun> {
  const folder = await temporaryFolder();
  const media = path.join(folder.path, 'media');
  await fill(media);
  const server = await startPostgres({ folder: path.join(folder.path, 'postgres') });
  const env = {
    DATABASE_URL: server.url,
    MEDIA_ROOT_PATHS: media,
    PROXY_DIR: path.join(folder.path, 'derivatives'),
    // What is measured is asked for by a command.
    IHUB_WATCH: 'off',
    IHUB_LOG_LEVEL: 'error',
  };
  const daemon = startDaemon(env);
  await daemon.ready;
  const sql = postgres(server.url, { max: 2, onnotice: () => {} });
  const pid = await ingestorPid(sql);
  return {
    sql,
    media,
    memory: () => residentMemory(pid),
    ihub: (...args) => runIhub(args, env),
    async until(query) {
      const started = performance.now();
      while (performance.now() - started < TIMEOUT_MS) {
        const [row] = await query(sql);
        if (row?.seen) return performance.now() - started;
        await delay(POLL_MS);
      }
      throw new Error('what is measured did not happen within half an hour');
    },
    [Symbol.asyncDispose]: () => end(sql, daemon, server, folder),
  };
}

async function end(sql: Sql, daemon: DaemonProcess, server: RunningPostgres, folder: TemporaryFolder): Promise<void> {
  await sql.end({ timeout: 1 });
  await daemon[Symbol.asyncDispose]();
  await server.stop();
  await folder[Symbol.asyncDispose]();
}

async function ingestorPid(sql: Sql): Promise<number> {
  const [row] = await sql<{ pid: number }[]>`SELECT pid FROM ingestors`;
  if (row === undefined) throw new Error('no ingestor runs');
  return row.pid;
}

/** As Linux counts it. */
async function residentMemory(pid: number): Promise<{ peak: number; now: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN);
  return { peak: kilobytes('VmHWM') * 1024, now: kilobytes('VmRSS') * 1024 };
}

/** Samples the ingestor's memory until it is disposed of. */
export class MemorySamples implements Disposable {
  /** Bytes, in the order of time. */
  readonly samples: number[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(run: ProductRun) {
    const sample = () =>
      void run.memory().then(
        ({ now }) => this.samples.push(now),
        () => {},
      );
    this.#timer = setInterval(sample, MEMORY_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
