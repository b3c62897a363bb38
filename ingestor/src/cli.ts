/** `ihub`: parses the command line, and delegates. */

import { EnvironmentError } from '@ingesthub/schema/parse-environment.ts';
import { type Invocation, parseArguments } from './cli/arguments.ts';
import { CommandError, describeError } from './cli/command-error.ts';
import { listCommand, statusCommand } from './cli/list-command.ts';
import { liveRoots } from './cli/live-roots.ts';
import { createOutput, type Output } from './cli/output.ts';
import { scanCommand } from './cli/scan-command.ts';
import { USAGE } from './cli/usage.ts';
import { readConnectionConfig, readDaemonConfig, readMediaRoots } from './config.ts';
import { checkConnection, connect, type Sql } from './sql/client.ts';
import { VERSION } from './version.ts';

/** How long a daemon may take to end before it is ended. */
const KILL_AFTER_MS = 9500;
const INTERRUPTED = 130;

const argv = process.argv.slice(2);
const json = argv.includes('--json');
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
// Whoever started us is gone, however that happened.
process.on('disconnect', () => stop.abort());

try {
  await run(parseArguments(argv), createOutput(json));
} catch (error) {
  if (stop.signal.aborted) {
    process.exitCode = INTERRUPTED;
  } else {
    const { exitCode, code, message } = describeError(error);
    if (json) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
    process.stderr.write(`ihub: ${message}\n`);
    process.exitCode = exitCode;
  }
}
if (process.connected) process.disconnect();

async function run(invocation: Invocation, output: Output): Promise<void> {
  switch (invocation.command) {
    case 'help':
      process.stdout.write(USAGE);
      return;
    case 'version':
      process.stdout.write(`${VERSION}\n`);
      return;
    case 'daemon': {
      stop.signal.addEventListener('abort', () => setTimeout(() => process.exit(1), KILL_AFTER_MS).unref());
      // Loaded when needed: pictures and job queues make every command start slowly.
      const { runDaemon } = await import('./daemon.ts');
      await runDaemon(readDaemonConfig(), stop.signal, { onReady: () => process.send?.('ready') });
      return;
    }
    case 'scan':
      await scanCommand(invocation.path, await scanRoots(), output, stop.signal);
      return;
    default:
      await withDatabase(async (sql, databaseUrl) => {
        if (invocation.command === 'list') return listCommand(invocation.what, sql, output);
        if (invocation.command === 'status') return statusCommand(sql, output);
        const { ingestCommand } = await import('./cli/ingest-command.ts');
        const context = { sql, databaseUrl, output, signal: stop.signal };
        return ingestCommand(invocation.path, invocation.options, context);
      });
  }
}

async function withDatabase<T>(use: (sql: Sql, databaseUrl: string) => Promise<T>): Promise<T> {
  const { databaseUrl } = readConnectionConfig();
  const sql = connect(databaseUrl, { max: 2 });
  try {
    await checkConnection(sql, databaseUrl);
    return await use(sql, databaseUrl);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** A look needs no ingestor where MEDIA_ROOT_PATHS says what may be read. */
async function scanRoots(): Promise<string[]> {
  const roots = readMediaRoots();
  if (roots.length > 0) return roots;
  try {
    return await withDatabase((sql) => liveRoots(sql));
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof EnvironmentError)) throw error;
    throw new CommandError('unavailable', `${error.message} Or set MEDIA_ROOT_PATHS.`);
  }
}
