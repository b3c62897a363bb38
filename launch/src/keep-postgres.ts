/** Keeps the embedded Postgres running: restarts it when it dies or, after a full disk, as soon as there is room. */
import { setTimeout as delay } from 'node:timers/promises';
import { freeBytes } from '@ingesthub/schema/environment/free-bytes.ts';
import { freePort } from './free-port.ts';
import { type PostgresOptions, type RunningPostgres, startPostgres } from './postgres.ts';

/** A server that dies more often than this within a minute, on a disk with room, is broken rather than unlucky. */
const MAX_RESTARTS_A_MINUTE = 5;
const RESTART_DELAY_MS = 1000;
const LOOK_AGAIN_MS = 2000;
/** Bytes Postgres needs to start after a crash: a log segment, a checkpoint and some room for its first writers. */
const ROOM_TO_START = 64 * 1024 * 1024;

export interface KeepPostgresOptions extends PostgresOptions {
  readonly say: (sentence: string) => void;
  /** Ends the wait for room and prevents restarts, but does not stop the server; call `stop` after aborting. */
  readonly signal: AbortSignal;
}

export interface KeptPostgres {
  /** Stays the same across restarts. */
  readonly url: string;
  /** The cluster's real folder. */
  readonly folder: string;
  /** Returns a promise that resolves when a stopped server is running again; null while it runs. */
  away(): Promise<void> | null;
  /** Rejects when the server does not stay up. */
  readonly broken: Promise<never>;
  stop(): Promise<void>;
}

/**
 * Starts the cluster in a folder.
 *
 * @throws Error with a message for people when the first start fails; AbortError when the signal aborts.
 */
export async function keepPostgres({ say, signal, ...options }: KeepPostgresOptions): Promise<KeptPostgres> {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  // Restarts keep the port, because the other parts know the server by it.
  const port = options.port ?? (await freePort());
  let restarts: number[] = [];
  let stopping = false;
  let returned: PromiseWithResolvers<void> | null = null;
  await room(options.folder);
  let server = await startPostgres({ ...options, port });
  void mind();

  async function mind(): Promise<void> {
    const words = await server.ended;
    if (stopping) return;
    const back = Promise.withResolvers<void>();
    back.promise.catch(() => {});
    returned = back;
    try {
      server = await revive(words);
      say('Postgres is running again.');
      returned = null;
      back.resolve();
      void mind();
    } catch (error) {
      back.reject(error);
      if (!signal.aborted) broken.reject(error);
    }
  }

  async function revive(lastWords: string): Promise<RunningPostgres> {
    for (let words = lastWords; ; ) {
      const waited = await room(server.folder);
      if (!waited) {
        const now = Date.now();
        restarts = [...restarts.filter((time) => now - time < 60_000), now];
        if (restarts.length > MAX_RESTARTS_A_MINUTE) throw new Error(`Postgres keeps ending: ${words || 'no output'}`);
        say(`Postgres ended (${words || 'no output'}) and is being restarted.`);
        await delay(RESTART_DELAY_MS, undefined, { signal });
      }
      try {
        const started = await startPostgres({ ...options, port });
        if (!stopping) return started;
        await started.stop();
        signal.throwIfAborted();
      } catch (error) {
        signal.throwIfAborted();
        words = error instanceof Error ? error.message : String(error);
      }
    }
  }

  /** Waits until there is room to start. @returns whether there was a wait. */
  async function room(folder: string): Promise<boolean> {
    let told = false;
    for (;;) {
      const free = await freeBytes(folder);
      if (free === null || free >= ROOM_TO_START) return told;
      if (!told) say(`The disk of the database, ${folder}, is full: Postgres waits until there is room.`);
      told = true;
      await delay(LOOK_AGAIN_MS, undefined, { signal });
    }
  }

  return {
    url: server.url,
    folder: server.folder,
    away: () => returned?.promise ?? null,
    broken: broken.promise,
    async stop() {
      stopping = true;
      await returned?.promise.catch(() => {});
      await server.stop();
    },
  };
}
