/** Runs one part of the product as a child process, restarts it when it dies and ends it. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { openRotatingLog } from './rotating-log.ts';

/** A part that ends more often than this within a minute is broken rather than unlucky. */
const MAX_RESTARTS_A_MINUTE = 5;
const RESTART_DELAY_MS = 1000;
const STOP_TIMEOUT_MS = 12_000;

export interface PartOptions {
  /** Name for messages and the log file: `server`, `ingestor`. */
  readonly name: string;
  /** Arguments for Node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Standard output goes to `<logFolder>/<name>.log`, which is rotated; standard error is inherited. */
  readonly logFolder: string;
  /** Resolves when a missing dependency is back, for which a restart waits; null when nothing is missing. */
  readonly away?: () => Promise<void> | null;
  readonly say: (sentence: string) => void;
}

export interface Part {
  /** Resolves when the part reports that it is ready (an IPC message `ready`). */
  readonly ready: Promise<void>;
  /** Rejects when the part does not stay up. */
  readonly broken: Promise<never>;
  /** Kills the part at once, even if it hangs; it is then restarted. */
  kill(): void;
  stop(): Promise<void>;
}

export function startPart(options: PartOptions): Part {
  const ready = Promise.withResolvers<void>();
  const broken = Promise.withResolvers<never>();
  // A caller that waits for one of them may not handle the other.
  ready.promise.catch(() => {});
  broken.promise.catch(() => {});

  let child: ChildProcess;
  let exited: Promise<unknown>;
  let stopping = false;
  let everReady = false;
  let restarts: number[] = [];

  const log = openRotatingLog({ file: path.join(options.logFolder, `${options.name}.log`) });

  const start = (): void => {
    // In its own process group, so that Ctrl-C reaches only us. The IPC channel closes when we die
    // for any reason, which makes the part end too.
    child = spawn(process.execPath, options.args, {
      cwd: options.cwd,
      detached: true,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    child.stdout?.on('data', log);
    child.on('message', (message) => {
      if (message !== 'ready') return;
      everReady = true;
      ready.resolve();
    });
    exited = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? code));
    });
    void exited.then(restart);
  };

  const restart = (how: unknown): void => {
    if (stopping) return;
    const away = everReady ? (options.away?.() ?? null) : null;
    if (away !== null) {
      options.say(`The ${options.name} ended (${String(how)}) and will be restarted when Postgres is back.`);
      // If Postgres never comes back, the launcher ends everything.
      away.then(
        () => stopping || start(),
        () => {},
      );
      return;
    }
    const now = Date.now();
    restarts = [...restarts.filter((time) => now - time < 60_000), now];
    if (!everReady || restarts.length > MAX_RESTARTS_A_MINUTE) {
      const error = new Error(
        `The ${options.name} ended (${String(how)}). See its log: ${options.logFolder}/${options.name}.log.`,
      );
      ready.reject(error);
      broken.reject(error);
      return;
    }
    options.say(`The ${options.name} ended (${String(how)}) and is being restarted.`);
    setTimeout(() => {
      if (!stopping) start();
    }, RESTART_DELAY_MS);
  };

  start();
  return {
    ready: ready.promise,
    broken: broken.promise,
    kill() {
      child.kill('SIGKILL');
    },
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
