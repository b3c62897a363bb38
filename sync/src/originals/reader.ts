/** One process that reads originals: started on demand, killed when a file system blocks all its threads. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALIVE_PATH, PATH_HEADER } from './reader-protocol.ts';

const PROGRAM = fileURLToPath(new URL('./reader-process.ts', import.meta.url));
const START_MS = 20_000;
const ALIVE_MS = 3_000;

/** The file system does not answer. */
export class SilentError extends Error {
  override readonly name = 'SilentError';
}

export interface Asked {
  readonly method: string;
  readonly file: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds within which the answer must begin once the process runs. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

export class Reader {
  readonly #roots: readonly string[];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'ihub-originals-'));
  #process: { readonly child: ChildProcess; readonly ready: Promise<string> } | null = null;
  #checking = false;
  #closed: boolean = false;

  /** @param roots the reader's own root first. */
  constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  /** @throws SilentError when no answer begins in time; the signal's reason. */
  async ask({ method, file, headers, patienceMs, signal }: Asked): Promise<IncomingMessage> {
    const process = this.#running();
    let late = AbortSignal.timeout(START_MS);
    try {
      const socketPath = await settled(process.ready, AbortSignal.any([late, signal]));
      late = AbortSignal.timeout(patienceMs);
      const bytes = typeof file === 'string' ? Buffer.from(file) : file;
      return await this.#send({
        socketPath,
        path: '/',
        method,
        headers: { ...headers, [PATH_HEADER]: bytes.toString('base64') },
        signal: AbortSignal.any([late, signal]),
      });
    } catch (error) {
      signal.throwIfAborted();
      if (late.aborted) this.doubt();
      throw new SilentError('The folder of this file does not answer.', { cause: error });
    }
  }

  /** Kills the process if it has no free thread. Its other answers are cut off and may be requested again. */
  doubt(): void {
    const process = this.#process;
    if (process === null || this.#checking) return;
    this.#checking = true;
    const signal = AbortSignal.timeout(ALIVE_MS);
    void settled(process.ready, signal)
      .then((socketPath) => this.#send({ socketPath, path: ALIVE_PATH, method: 'GET', signal }))
      .then((answer) => answer.resume())
      .catch(() => process.child.kill('SIGKILL'))
      .finally(() => {
        this.#checking = false;
      });
  }

  close(): void {
    this.#closed = true;
    this.#process?.child.kill('SIGKILL');
    this.#agent.destroy();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /**
   * Returns the running process, and starts one if necessary. A killed process may linger while the system waits for the
   * disk; until it ends, no second one is started.
   *
   * @throws SilentError
   */
  #running(): { readonly ready: Promise<string> } {
    if (this.#closed) throw new SilentError('The server is closing.');
    if (this.#process?.child.killed) throw new SilentError('The folder of this file does not answer.');
    if (this.#process !== null) return this.#process;
    const socket = path.join(this.#folder, 'socket');
    rmSync(socket, { force: true });
    const child = spawn(process.execPath, [PROGRAM, socket, ...this.#roots], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ready = new Promise<string>((resolve, reject) => {
      child.once('message', () => resolve(socket));
      child.once('error', reject);
      child.once('exit', () => {
        if (this.#process?.child === child) this.#process = null;
        reject(new Error('The process that reads originals has ended.'));
      });
    });
    ready.catch(() => {});
    this.#process = { child, ready };
    return this.#process;
  }

  #send(options: {
    readonly socketPath: string;
    readonly path: string;
    readonly method: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  }): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { signal, ...rest } = options;
      const outgoing = request({ ...rest, agent: this.#agent });
      const abort = () => outgoing.destroy(new Error('This takes too long.'));
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      outgoing.once('response', (incoming) => {
        signal.removeEventListener('abort', abort);
        resolve(incoming);
      });
      outgoing.once('error', (error) => {
        signal.removeEventListener('abort', abort);
        reject(error);
      });
      outgoing.end();
    });
  }
}

/** Returns the promise's value, or rejects if the signal aborts first. */
function settled<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
