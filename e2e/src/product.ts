/** The product as a user starts it, with `launch/src/start.ts`, on a free port and with its own data folder. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { z } from 'zod';
import { enterRemoteMode, type RemoteMode } from './remote-mode.ts';
import { waitFor } from './wait-for.ts';

const run = promisify(execFile);
export const ROOT = path.resolve(import.meta.dirname, '../..');

export interface ProductOptions {
  readonly dataDir: string;
  /** Default: the demo delivery. */
  readonly mediaRoots?: readonly string[];
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

export class Product implements AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  /** CLI commands running beside the product. */
  readonly #commands = new Set<ChildProcess>();
  readonly #options: ProductOptions;
  readonly #remote: RemoteMode | null;
  #stderr = '';

  private constructor(options: ProductOptions, port: number, remote: RemoteMode | null) {
    this.#options = options;
    this.#remote = remote;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#child = spawn(process.execPath, ['launch/src/start.ts'], {
      cwd: ROOT,
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.ended = new Promise((resolve) => this.#child.once('close', (code) => resolve({ code, stderr: this.#stderr })));
  }

  /** Starts the product without waiting for it. */
  static async spawn(options: ProductOptions): Promise<Product> {
    return new Product(options, options.port ?? (await freePort()), null);
  }

  /** Starts the product, in remote mode with an Electric, and waits until it reports that all its parts are up. */
  static async start(options: ProductOptions): Promise<Product> {
    const product = new Product(options, options.port ?? (await freePort()), await enterRemoteMode(options.dataDir));
    try {
      await Promise.race([
        waitFor('the product is healthy', async () => (await product.health())?.status === 200, 120_000),
        product.ended.then(({ code, stderr }) => {
          throw new Error(`the product ended with ${code}: ${stderr}`);
        }),
      ]);
    } catch (error) {
      // Otherwise the product and its Electric would outlive the test.
      await product[Symbol.asyncDispose]();
      throw error;
    }
    return product;
  }

  get env(): Record<string, string> {
    return {
      INIT_CWD: ROOT,
      IHUB_PORT: String(this.port),
      IHUB_DATA_DIR: this.#options.dataDir,
      ...(this.#options.mediaRoots && { MEDIA_ROOT_PATHS: this.#options.mediaRoots.join(':') }),
      ...this.#remote?.env,
      ...this.#options.env,
    };
  }

  async health(): Promise<{ status: number; body: unknown } | null> {
    const response = await fetch(`${this.url}/api/health`).catch(() => null);
    return response && { status: response.status, body: await response.json() };
  }

  databaseUrl(): Promise<string> {
    return readFile(path.join(this.#options.dataDir, 'database-url'), 'utf8');
  }

  /** Runs the CLI as from another shell. The code is null when {@link powerCut} killed it. */
  async ihub(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const command = run(process.execPath, ['ingestor/src/cli.ts', ...args], {
      cwd: ROOT,
      env: { ...process.env, INIT_CWD: ROOT, IHUB_DATA_DIR: this.#options.dataDir },
    });
    this.#commands.add(command.child);
    try {
      const { stdout, stderr } = await command;
      return { code: 0, stdout, stderr };
    } catch (error) {
      return z.object({ code: z.number().nullable(), stdout: z.string(), stderr: z.string() }).parse(error);
    } finally {
      this.#commands.delete(command.child);
    }
  }

  /** Returns the ids of the product's process and all its descendants. */
  async processes(): Promise<number[]> {
    const { stdout } = await run('ps', ['-eo', 'pid=,ppid=']);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
    const found = [this.#child.pid ?? -1];
    for (const parent of found) for (const [pid = -1, ppid] of rows) if (ppid === parent) found.push(pid);
    return found;
  }

  /** Ends the product as Ctrl-C does. */
  async stop(): Promise<Ended> {
    this.#child.kill('SIGINT');
    return this.ended;
  }

  /** Kills all processes of the product and the commands beside it at once, as a power cut does. */
  async powerCut(): Promise<void> {
    for (const command of this.#commands) command.kill('SIGKILL');
    for (const pid of await this.processes()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
    await this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.stop();
    await this.#remote?.[Symbol.asyncDispose]();
  }
}
