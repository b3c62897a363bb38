/** The embedded Postgres kept up: started again when it dies, and when its disk was full, as soon as there is room. */
import { setTimeout as delay } from 'node:timers/promises';
import { freeBytes } from '@ingesthub/schema/free-bytes.ts';
import { freePort } from './free-port.ts';
import { type PostgresOptions, type RunningPostgres, startPostgres } from './postgres.ts';

/** One that dies more often within a minute, on a disk with room, is broken, not unlucky. */
const MAX_RESTARTS_A_MINUTE = 5;
const RESTART_DELAY_MS = 1000;
const LOOK_AGAIN_MS = 2000;
/** Bytes without which it cannot come up after a crash: a piece of its log, a checkpoint, and some for its first writers. */
const ROOM_TO_START = 64 * 1024 * 1024;

export interface KeepPostgresOptions extends PostgresOptions {
  readonly say: (sentence: string) => void;
  /** Ends the waiting for room, and further starts, but not the server: `stop` does, after the signal. */
  readonly signal: AbortSignal;
}

export interface KeptPostgres {
  /** The same for all of its lives. */
  readonly url: string;
  /** The cluster's real folder. */
  readonly folder: string;
  /** Resolves when it is up again; null: it is. */
  away(): Promise<void> | null;
  /** Rejects when it does not stay up. */
  readonly broken: Promise<never>;
  stop(): Promise<void>;
}

/**
 * Starts the cluster of a folder.
 *
 * @throws Error with one sentence for people when it does not come up the first time; AbortError when the signal came.
 */
export async function keepPostgres({ say, signal, ...options }: KeepPostgresOptions): Promise<KeptPostgres> {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  // The others know it by its port: it keeps that.
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
      say('Postgres is up again.');
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
        if (restarts.length > MAX_RESTARTS_A_MINUTE)
          throw new Error(`Postgres ends again and again: ${words || 'it said nothing'}`);
        say(`Postgres ended (${words || 'it said nothing'}) and is started again.`);
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

  /** Waits until there is room to start in. @returns whether it had to wait. */
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
