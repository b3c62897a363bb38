/** The engine in its own process, which can really be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@ingesthub/launch/free-port.ts';

const CLI = path.resolve(import.meta.dirname, '../../shapes-cli.ts');
const LOOK_MS = 15;
const PATIENCE_MS = 30_000;
const REMEMBERED_CHARACTERS = 4000;

export interface EngineOptions {
  readonly databaseUrl: string;
  readonly dataDir: string;
}

export class EngineProcess {
  readonly url: string;
  /** Its latest output on standard error. */
  words = '';
  readonly #options: EngineOptions;
  readonly #port: number;
  #child: ChildProcess | null = null;
  #restarting: Promise<void> = Promise.resolve();

  private constructor(options: EngineOptions, port: number) {
    this.#options = options;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}/v1/shape`;
  }

  static async create(options: EngineOptions): Promise<EngineProcess> {
    return new EngineProcess(options, await freePort());
  }

  /** Starts the process without waiting. */
  start(): void {
    const { databaseUrl, dataDir } = this.#options;
    // In its own process group: Ctrl-C reaches only the soak, which finishes its round.
    const child = spawn(
      process.execPath,
      [CLI, '--database-url', databaseUrl, '--port', String(this.#port), '--data-dir', dataDir],
      { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.words = (this.words + text).slice(-REMEMBERED_CHARACTERS);
    });
    this.#child = child;
  }

  /**
   * Waits until the engine follows Postgres.
   *
   * @throws Error when the engine has ended or takes longer than half a minute.
   */
  async active(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await this.#isActive())) {
      this.#checkAlive();
      if (Date.now() > deadline) throw new Error('the engine does not become active');
      await delay(LOOK_MS);
    }
  }

  #checkAlive(): void {
    const { exitCode = null, signalCode = null } = this.#child ?? {};
    if (exitCode !== null || signalCode !== null)
      throw new Error(`the engine ended by itself with ${exitCode ?? signalCode}`);
  }

  async #isActive(): Promise<boolean> {
    try {
      const answer = await fetch(new URL('/v1/health', this.url));
      await answer.body?.cancel();
      return answer.status === 200;
    } catch {
      return false;
    }
  }

  /**
   * Kills the process and starts it again without waiting; restarts run one after another.
   *
   * @param between runs while the process is dead.
   */
  restart(between: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    const restarted = this.#restarting.then(async () => {
      this.#checkAlive();
      await this.end('SIGKILL');
      try {
        await between();
      } finally {
        this.start();
      }
    });
    this.#restarting = restarted.catch(() => {});
    return restarted;
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill(signal);
    await ended;
  }
}
