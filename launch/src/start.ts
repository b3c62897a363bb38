/** `npm start`: runs the whole product on one machine; one Ctrl-C ends it. */
import { mkdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { migrateServer } from '@ingesthub/schema/database/migrate-server.ts';
import postgres from 'postgres';
import { type LaunchConfig, ROOT, readConfig } from './config.ts';
import { ingestDemo } from './demo.ts';
import { lockInstance } from './instance-lock.ts';
import { keepPostgres } from './keep-postgres.ts';
import { startPart } from './part.ts';
import { makePrivateFolders } from './private-folders.ts';
import { openRotatingLog } from './rotating-log.ts';
import { watchHealth } from './watch-health.ts';
import { buildWeb } from './web-build.ts';

/** The server's file threads: half of them may be stuck on a preview folder that hangs. */
const FILE_THREADS = '16';
/** Keeps thousands of waiting requests from leaving their memory behind: V8 collects late when its young heap is large. */
const YOUNG_HEAP = '--max-semi-space-size=8';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

try {
  await launch(readConfig(process.env), stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
process.exit();

async function launch(config: LaunchConfig, stopSignal: AbortSignal): Promise<void> {
  const ending: (() => Promise<unknown>)[] = [];
  // Work beside the parts (a build, a demo ingest) ends with us, whatever the reason.
  const over = new AbortController();
  const signal = AbortSignal.any([stopSignal, over.signal]);
  try {
    await checkPort(config);
    await checkMediaRoots(config);
    const unlock = lockInstance(config.dataDir);
    ending.push(async () => unlock());
    await makePrivateFolders(config.dataDir);

    const building = buildWeb({ onBuild: () => say('Building the web app …'), signal });
    building.catch(() => {});
    const database = await openDatabase(config, ending, signal);
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    const base = `http://${host}:${config.port}`;
    const demoFolder = path.join(config.dataDir, 'demo');
    if (config.mediaRoots === null) await mkdir(demoFolder, { recursive: true });
    const mediaRoots = config.mediaRoots ?? [demoFolder];
    const env = {
      IHUB_HOST: config.host,
      IHUB_PORT: String(config.port),
      IHUB_DATA_DIR: config.dataDir,
      DATABASE_URL: database.url,
      MEDIA_ROOT_PATHS: mediaRoots.join(':'),
      PROXY_DIR: config.derivativeFolder,
      ...(database.folder !== null && { IHUB_DATABASE_FOLDER: database.folder }),
    };
    await building;

    const common = { env, cwd: ROOT, logFolder: logFolder(config), say, away: database.away };
    const server = startPart({
      ...common,
      name: 'server',
      args: [YOUNG_HEAP, 'sync/src/main.ts'],
      env: { ...env, UV_THREADPOOL_SIZE: FILE_THREADS },
    });
    ending.push(() => server.stop());
    const ingestor = startPart({ ...common, name: 'ingestor', args: ['ingestor/src/cli.ts', 'daemon'] });
    ending.push(() => ingestor.stop());
    await until(signal, Promise.race([Promise.all([server.ready, ingestor.ready]), database.broken]));
    say(`IngestHub is ready on ${base}`);
    void watchHealth({ url: `${base}/api/health`, onSilent: () => server.kill(), say, signal });

    if (config.mediaRoots === null) {
      const demo = ingestDemo({ folder: demoFolder, databaseUrl: database.url, env, signal, say });
      demo.then(
        () => say('The demo library is ready. Set MEDIA_ROOT_PATHS to ingest your own media.'),
        (error: Error) => signal.aborted || say(`The demo library could not be created: ${error.message}`),
      );
    }
    await until(signal, Promise.race([server.broken, ingestor.broken, database.broken]));
  } finally {
    over.abort();
    if (ending.length > 1) say('Stopping …');
    for (const end of ending.toReversed()) await end();
  }
}

/** Settles with the promise, or rejects when the signal aborts. */
async function until<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

interface Database {
  readonly url: string;
  /** Folder of the embedded Postgres; null for an external Postgres, whose disk is not visible here. */
  readonly folder: string | null;
  /** Returns a promise that resolves when Postgres is running again; null when it runs or is external. */
  readonly away: () => Promise<void> | null;
  /** Rejects when the embedded Postgres does not stay up; never for an external one. */
  readonly broken: Promise<never>;
}

async function openDatabase(
  config: LaunchConfig,
  ending: (() => Promise<unknown>)[],
  signal: AbortSignal,
): Promise<Database> {
  const urlFile = path.join(config.dataDir, 'database-url');
  let database: Database;
  if (config.databaseUrl === null) {
    const wanted = path.join(config.dataDir, 'postgres');
    const log = openRotatingLog({ file: path.join(logFolder(config), 'postgres.log') });
    const running = await keepPostgres({ folder: wanted, log, say, signal });
    ending.push(() => running.stop());
    if (running.folder !== wanted)
      say(`The postgres account cannot reach ${wanted}, so the database is in ${running.folder}.`);
    database = running;
  } else {
    database = { url: config.databaseUrl, folder: null, away: () => null, broken: new Promise(() => {}) };
  }
  const sql = postgres(database.url, { max: 2, connect_timeout: 5, onnotice: () => {} });
  try {
    await migrateServer(sql);
  } catch (error) {
    const why = error instanceof Error ? error.message || error.constructor.name : String(error);
    if (config.databaseUrl !== null)
      throw new Error(`The database in DATABASE_URL cannot be used: ${why}.`, { cause: error });
    throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
  // The CLI in another shell reads this file; it contains the password.
  await writeFile(urlFile, database.url, { mode: 0o600 });
  ending.push(() => rm(urlFile, { force: true }));
  return database;
}

function logFolder(config: LaunchConfig): string {
  return path.join(config.dataDir, 'log');
}

async function checkPort({ host, port }: LaunchConfig): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `Port ${port} on ${host} is in use`
          : `Port ${port} on ${host} cannot be opened (${error.code})`;
      reject(new Error(`${why}; set IHUB_PORT to a free one.`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

async function checkMediaRoots({ mediaRoots }: LaunchConfig): Promise<void> {
  for (const folder of mediaRoots ?? []) {
    const found = await realpath(folder)
      .then(stat)
      .catch(() => null);
    if (!found?.isDirectory())
      throw new Error(`The media root ${folder} is not a folder. Set MEDIA_ROOT_PATHS to folders separated by “:”.`);
  }
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
