/** A Postgres that can be restarted at the same address. */
import { freePort } from '@ingesthub/launch/free-port.ts';
import { type RunningPostgres, startPostgres } from '@ingesthub/launch/postgres.ts';

export class Cluster implements AsyncDisposable {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  #server: RunningPostgres;

  private constructor(folder: string, port: number, server: RunningPostgres) {
    this.#folder = folder;
    this.#port = port;
    this.#server = server;
    this.url = server.url;
  }

  static async start(folder: string): Promise<Cluster> {
    const port = await freePort();
    return new Cluster(folder, port, await start(folder, port));
  }

  /** @param how `crash` ends Postgres like a killed process, without a checkpoint. */
  async restart(how: 'stop' | 'crash'): Promise<void> {
    if (how === 'crash') {
      process.kill(this.#server.pid, 'SIGQUIT');
      await this.#server.ended;
    } else await this.#server.stop();
    this.#server = await start(this.#folder, this.#port);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server.stop();
  }
}

/** Starts Postgres tuned for speed: safe against crashes, but not against power cuts. */
function start(folder: string, port: number): Promise<RunningPostgres> {
  return startPostgres({
    folder,
    port,
    settings: { fsync: 'off', full_page_writes: 'off', deadlock_timeout: '20ms', timezone: 'UTC' },
  });
}
