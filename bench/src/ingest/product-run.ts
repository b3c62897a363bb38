/** Runs an ingestor with its own Postgres, as a studio would, and observes its progress. */
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
  /** Runs `ihub` until it exits. */
  ihub(...args: string[]): Promise<Finished>;
  /** Returns the milliseconds until a boolean query yields true. @throws Error after half an hour. */
  until(query: (sql: Sql) => Promise<readonly { seen: boolean }[]>): Promise<number>;
}

/** @param fill writes the media root's contents before anything runs. */
export async function startProductRun(fill: (media: string) => Promise<void>): Promise<ProductRun> {
  const folder = await temporaryFolder();
  const media = path.join(folder.path, 'media');
  await fill(media);
  const server = await startPostgres({ folder: path.join(folder.path, 'postgres') });
  const env = {
    DATABASE_URL: server.url,
    MEDIA_ROOT_PATHS: media,
    PROXY_DIR: path.join(folder.path, 'derivatives'),
    // The benchmarks start every ingest by command.
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
      throw new Error('the measured event did not happen within half an hour');
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
  if (row === undefined) throw new Error('no ingestor is running');
  return row.pid;
}

/** Reads resident memory from /proc, so on Linux only. */
async function residentMemory(pid: number): Promise<{ peak: number; now: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN);
  return { peak: kilobytes('VmHWM') * 1024, now: kilobytes('VmRSS') * 1024 };
}

/** Samples the ingestor's memory until it is disposed of. */
export class MemorySamples implements Disposable {
  /** Bytes, in chronological order. */
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
