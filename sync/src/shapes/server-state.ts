/** Watches for reasons why the library cannot currently be followed or changed, while it has listeners. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseDisk } from '@ingesthub/schema/environment/database-disk.ts';
import type { ServerState } from '@ingesthub/schema/replica/server-state.ts';
import type { ShapeSource } from './shape-source.ts';

type Listener = (state: ServerState) => void;

export interface ServerStateOptions {
  readonly source: Pick<ShapeSource, 'health'>;
  readonly disk: DatabaseDisk;
  /** Resolves while Postgres answers. Without it, only the source's health is considered. */
  readonly askPostgres?: () => Promise<unknown>;
  /** Milliseconds between two checks. */
  readonly checkMs?: number;
}

const CHECK_MS = 2_000;
/** A busy connection pool answers late. */
const PATIENCE_MS = 10_000;

export class ServerStateWatch {
  readonly #options: ServerStateOptions;
  readonly #listeners = new Set<Listener>();
  #state: ServerState | null = null;
  #stop: AbortController | null = null;
  /** At most one question is pending, however long it takes. */
  #asking: Promise<boolean> | null = null;

  constructor(options: ServerStateOptions) {
    this.#options = options;
  }

  /**
   * Notifies a listener of the server's state, as soon as it is known and after every change.
   *
   * @returns a function that stops listening.
   */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#stop === null) {
      this.#stop = new AbortController();
      void this.#watch(this.#stop.signal);
    } else if (this.#state) listener(this.#state);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.abort();
      this.#stop = null;
      this.#state = null;
    };
  }

  async #watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const state = await this.#look();
      if (signal.aborted) return;
      const isNew = state.following !== this.#state?.following || state.writing !== this.#state.writing;
      this.#state = state;
      if (isNew) for (const listener of this.#listeners) listener(state);
      await delay(this.#options.checkMs ?? CHECK_MS, undefined, { signal }).catch(() => {});
    }
  }

  async #look(): Promise<ServerState> {
    const { source, disk, askPostgres } = this.#options;
    const [{ status, problem }, away, writing] = await Promise.all([
      source.health(),
      askPostgres ? this.#silence(askPostgres) : null,
      disk.problem(),
    ]);
    const unfollowed =
      status === 'active' ? null : (problem ?? 'The part of the server that follows the library is starting.');
    return { following: away ?? unfollowed, writing };
  }

  /** @returns the problem, or null when Postgres answered. */
  async #silence(ask: () => Promise<unknown>): Promise<string | null> {
    this.#asking ??= ask()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        this.#asking = null;
      });
    const over = new AbortController();
    const late = delay(PATIENCE_MS, false, { signal: over.signal }).catch(() => false);
    const heard = await Promise.race([this.#asking, late]);
    over.abort();
    return heard ? null : 'Postgres does not answer.';
  }
}
