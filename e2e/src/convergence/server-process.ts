/** The real server in a process that can be stopped or killed, and whose shapes can be deleted. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { lastWords } from '../last-words.ts';
import { isRemoteMode, RemoteElectric } from '../remote-electric.ts';

const MAIN = path.resolve(import.meta.dirname, '../../../sync/src/main.ts');

export class ServerProcess implements AsyncDisposable {
  readonly url: string;
  readonly #port: number;
  readonly #databaseUrl: string;
  readonly #folder: string;
  readonly #electric: RemoteElectric | null;
  #child: ChildProcess | null = null;
  #words: () => string = () => '';

  private constructor(port: number, databaseUrl: string, folder: string, electric: RemoteElectric | null) {
    this.#electric = electric;
    this.url = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#databaseUrl = databaseUrl;
    this.#folder = folder;
  }

  static async start(options: { databaseUrl: string; folder: string }): Promise<ServerProcess> {
    const { databaseUrl, folder } = options;
    const electric = isRemoteMode ? await RemoteElectric.start({ databaseUrl, storage: `${folder}-electric` }) : null;
    const server = new ServerProcess(await freePort(), databaseUrl, folder, electric);
    await server.#start();
    return server;
  }

  /** The last output of the server on standard error. */
  get words(): string {
    return this.#words();
  }

  /** @param between runs while the server is down. */
  async restart(signal: 'SIGTERM' | 'SIGKILL', between: () => Promise<unknown> = async () => {}): Promise<void> {
    await this.#end(signal);
    await between();
    await this.#start();
  }

  /** Deletes the server's shapes, so that clients must fetch them again. */
  async forgetShapes(): Promise<void> {
    await rm(path.join(this.#folder, 'shapes'), { recursive: true, force: true });
    await this.#electric?.wipe();
  }

  async #start(): Promise<void> {
    const child = fork(MAIN, {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: this.#databaseUrl,
        IHUB_PORT: String(this.#port),
        IHUB_DATA_DIR: this.#folder,
        MEDIA_ROOT_PATHS: this.#folder,
        ...this.#electric?.env,
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.#words = lastWords(child);
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (message !== 'ready') throw new Error(`the server ended while starting: ${this.words}`);
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('SIGKILL');
    await this.#electric?.[Symbol.asyncDispose]();
  }
}
