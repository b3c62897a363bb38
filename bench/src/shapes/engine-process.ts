/** Runs the embedded engine in its own process, so that its memory can be measured. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { waitFor } from '@ingesthub/e2e/wait-for.ts';
import { freePort } from '@ingesthub/launch/free-port.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const ENTRY = path.join(ROOT, 'sync/src/shapes-cli.ts');
const STOP_TIMEOUT_MS = 10_000;

export interface EngineProcess extends AsyncDisposable {
  /** `http://127.0.0.1:…/v1/shape` */
  readonly url: string;
  readonly pid: number;
  /** Returns the exit status and last output once the process has ended, else null. */
  ended(): string | null;
}

/** @throws Error with the process's last output when it does not start. */
export async function startEngine(options: {
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** Null for this checkout's entry file. */
  readonly entry: string | null;
}): Promise<EngineProcess> {
  const port = await freePort();
  const entry = options.entry ?? ENTRY;
  const child = spawn(
    process.execPath,
    // As `npm run shapes` starts it.
    [
      '--max-semi-space-size=8',
      entry,
      '--database-url',
      options.databaseUrl,
      '--port',
      String(port),
      '--data-dir',
      options.dataDir,
    ],
    { cwd: path.resolve(path.dirname(entry), '../..'), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-1500);
  });
  const ended = (): string | null =>
    child.exitCode === null && child.signalCode === null
      ? null
      : `the engine ended (${child.signalCode ?? child.exitCode}): ${words.trim()}`;
  const url = `http://127.0.0.1:${port}/v1`;
  try {
    await waitFor('the engine follows Postgres', async () => {
      const reason = ended();
      if (reason !== null) throw new Error(reason);
      return (await fetch(`${url}/health`).catch(() => null))?.status === 200;
    });
  } catch (error) {
    await stop(child, exited);
    throw error;
  }
  return {
    url: `${url}/shape`,
    pid: child.pid ?? -1,
    ended,
    [Symbol.asyncDispose]: () => stop(child, exited),
  };
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
