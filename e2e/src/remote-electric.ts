/**
 * Remote mode: with `E2E_ELECTRIC` set, the product gets its shapes from a real Electric instead of its own engine.
 * The variable names a command that runs one in the foreground, until SIGTERM, and takes four arguments: the port, the
 * database's URL, a folder for its storage, and the secret.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { lastWords } from './last-words.ts';
import { waitFor } from './wait-for.ts';

const COMMAND = process.env['E2E_ELECTRIC'] ?? '';
const START_MS = 120_000;
const STOP_MS = 20_000;

export const isRemoteMode = COMMAND !== '';

export interface RemoteElectricOptions {
  readonly databaseUrl: string;
  /** The folder of Electric's shapes; created when missing. */
  readonly storage: string;
}

export class RemoteElectric implements AsyncDisposable {
  readonly #options: RemoteElectricOptions;
  readonly #port: number;
  readonly #secret = randomUUID();
  #child: ChildProcess | null = null;

  private constructor(options: RemoteElectricOptions, port: number) {
    this.#options = options;
    this.#port = port;
  }

  /** Starts an Electric, and waits until it follows the database. */
  static async start(options: RemoteElectricOptions): Promise<RemoteElectric> {
    const electric = new RemoteElectric(options, await freePort());
    await electric.#start();
    return electric;
  }

  /** The environment for a server that gets its shapes from this Electric. */
  get env(): Record<string, string> {
    return { ELECTRIC_URL: `http://127.0.0.1:${this.#port}`, ELECTRIC_SECRET: this.#secret };
  }

  /** Restarts Electric without its shapes, so that readers fetch them again. */
  async wipe(): Promise<void> {
    await this[Symbol.asyncDispose]();
    await rm(this.#options.storage, { recursive: true, force: true });
    await this.#start();
  }

  async #start(): Promise<void> {
    const { databaseUrl, storage } = this.#options;
    const child = spawn(COMMAND, [String(this.#port), databaseUrl, storage, this.#secret], {
      // Part of the replication slot's name, which must be unique across all databases of a Postgres server.
      env: { ...process.env, ELECTRIC_REPLICATION_STREAM_ID: `e2e_${this.#port}` },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    this.#child = child;
    const words = lastWords(child);
    const ended = once(child, 'close').then(() => {
      throw new Error(`Electric ended: ${words()}`);
    });
    // Matters only during the start: later a test ends Electric on purpose, or the product reports its end.
    ended.catch(() => {});
    await Promise.race([waitFor('Electric follows the database', () => this.#isActive(), START_MS), ended]);
  }

  async #isActive(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.#port}/v1/health`).catch(() => null);
    return answer?.status === 200 && (await answer.text()).includes('active');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const { pid } = child;
    const closed = once(child, 'close');
    // Signals the process group: the command may be a script that waits for its child.
    process.kill(-pid, 'SIGTERM');
    const impatience = setTimeout(() => process.kill(-pid, 'SIGKILL'), STOP_MS);
    await closed;
    clearTimeout(impatience);
  }
}
