/**
 * `npm run seed -- --assets N`: adds a generated library to the running product's database, to the one in DATABASE_URL
 * or, when nothing is running, to the embedded Postgres of the data folder.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { seedLibrary } from '@ingesthub/fixtures/library-seed.ts';
import { makeSeedPictures } from '@ingesthub/fixtures/seed-pictures.ts';
import { migrateServer } from '@ingesthub/schema/database/migrate-server.ts';
import postgres from 'postgres';
import { type LaunchConfig, readConfig } from './config.ts';
import { lockInstance, runningInstance } from './instance-lock.ts';
import { startPostgres } from './postgres.ts';
import { parseSeedArguments, type SeedArguments, SeedUsageError } from './seed-arguments.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

try {
  await seed(parseSeedArguments(process.argv.slice(2)), readConfig(process.env), stop.signal);
} catch (error) {
  const why = error instanceof Error ? error.message || error.constructor.name : String(error);
  process.stderr.write(`${stop.signal.aborted ? 'Stopped. Rows already written are kept.' : why}\n`);
  process.exitCode = error instanceof SeedUsageError ? 2 : 1;
}

async function seed(wanted: SeedArguments, config: LaunchConfig, signal: AbortSignal): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const sql = postgres(await openDatabase(config, stack), { max: 1, connect_timeout: 5, onnotice: () => {} });
  stack.defer(() => sql.end({ timeout: 1 }));
  await migrateServer(sql).catch((error: Error) => {
    throw new Error(`The database is not usable: ${error.message || error.constructor.name}.`, { cause: error });
  });
  const pictures = await makeSeedPictures(config.derivativeFolder, { signal });
  const started = performance.now();
  const { projectIds, packages } = await seedLibrary(sql, {
    ...wanted,
    pictures,
    signal,
    onProgress: (assets) => progress(`${assets} of ${wanted.assets} assets`),
  });
  progress('');
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `Added ${wanted.assets} assets in ${packages} packages of ${projectIds.length} projects in ${seconds.toFixed(1)} s ` +
      `(${Math.round(wanted.assets / seconds)} per second); their ${pictures.length} pictures are in ${config.derivativeFolder}.\n`,
  );
}

/** @returns the database's address; a server started for it stops with the stack. */
async function openDatabase({ databaseUrl, dataDir }: LaunchConfig, stack: AsyncDisposableStack): Promise<string> {
  if (databaseUrl !== null) return databaseUrl;
  if (existsSync(dataDir) && runningInstance(dataDir) !== null) {
    return readFile(path.join(dataDir, 'database-url'), 'utf8').catch((error: Error) => {
      throw new Error('IngestHub is still starting here. Try again when it is ready.', { cause: error });
    });
  }
  stack.defer(lockInstance(dataDir));
  const server = await startPostgres({ folder: path.join(dataDir, 'postgres') });
  stack.defer(() => server.stop());
  return server.url;
}

/** Overwrites one line, on a terminal only; '' clears it. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${line}`);
}
