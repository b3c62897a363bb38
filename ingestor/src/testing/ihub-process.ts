/** Runs `ihub` as people do, as real processes, for tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));

export type ProcessEnvironment = Readonly<Record<string, string>>;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DaemonProcess extends AsyncDisposable {
  /** Resolves when the daemon takes jobs; rejects with its last output when it ends before that. */
  readonly ready: Promise<void>;
  readonly ended: Promise<Finished>;
  readonly pid: number;
  /** Returns the output so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
}

/** A launcher that makes read-only files read-only for root too; other users need none. */
export const OBEYING_MODES: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override', '--inh-caps=-dac_override'] : [];

export function runIhub(args: readonly string[], env: ProcessEnvironment): Promise<Finished> {
  return finished(start(args, env));
}

/** @param launcher the command that starts Node, such as `OBEYING_MODES`. */
export function startDaemon(env: ProcessEnvironment, launcher: readonly string[] = []): DaemonProcess {
  const child = start(['daemon'], env, launcher);
  const ended = finished(child);
  let said = '';
  child.stdout?.on('data', (text: string) => {
    said += text;
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (message === 'ready') resolve();
    });
    void ended.then(({ stdout, stderr }) => reject(new Error(`the daemon ended: ${stderr || stdout}`)));
  });
  ready.catch(() => {});
  return {
    ready,
    ended,
    pid: child.pid ?? -1,
    output: () => said,
    kill: (signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function start(args: readonly string[], env: ProcessEnvironment, launcher: readonly string[] = []): ChildProcess {
  const [program, ...more] = [...launcher, process.execPath, CLI, ...args] as [string, ...string[]];
  return spawn(program, more, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function finished(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}
