/** One part of the product as a child process: started, watched, started again when it dies, ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { openRotatingLog } from './rotating-log.ts';

/** A part that ends this often within a minute is broken, not unlucky. */
const MAX_RESTARTS_A_MINUTE = 5;
const RESTART_DELAY_MS = 1000;
const STOP_TIMEOUT_MS = 12_000;

export interface PartOptions {
  /** For messages and the log file: `server`, `ingestor`. */
  readonly name: string;
  /** What Node runs. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Standard output goes to `<logFolder>/<name>.log`, which is rotated; standard error to ours. */
  readonly logFolder: string;
  /** What it cannot do without and is away now: it is started again when that is back. Null: nothing is. */
  readonly away?: () => Promise<void> | null;
  readonly say: (sentence: string) => void;
}

export interface Part {
  /** Resolves when the part says that it is ready (an IPC message `ready`). */
  readonly ready: Promise<void>;
  /** Rejects when the part does not stay up. */
  readonly broken: Promise<never>;
  /** Ends it at once, whatever it waits for; it is then started again. */
  kill(): void;
  stop(): Promise<void>;
}

export function startPart(options: PartOptions): Part {
  const ready = Promise.withResolvers<void>();
  const broken = Promise.withResolvers<never>();
  // Whoever waits for one of them may not be waiting for the other.
  ready.promise.catch(() => {});
  broken.promise.catch(() => {});

  let child: ChildProcess;
  let exited: Promise<unknown>;
  let stopping = false;
  let everReady = false;
  let restarts: number[] = [];

  const log = openRotatingLog({ file: path.join(options.logFolder, `${options.name}.log`) });

  const start = (): void => {
    // Its own process group: Ctrl-C reaches us alone. The IPC channel closes when we die, however
    // that happens, and tells it to end.
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
      options.say(`The ${options.name} ended (${String(how)}) and is started again when Postgres is back.`);
      // Should it never be back, that ends everything.
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
        `The ${options.name} ended (${String(how)}); its log is ${options.logFolder}/${options.name}.log.`,
      );
      ready.reject(error);
      broken.reject(error);
      return;
    }
    options.say(`The ${options.name} ended (${String(how)}) and is started again.`);
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
