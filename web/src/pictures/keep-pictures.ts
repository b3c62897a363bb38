/**
 * Fetches the pictures and videos that are to be kept offline, in one tab of the browser while the app is open.
 * Resumes after a reload, when the network is back, and when assets or pictures change.
 */

import { describeError } from '../replica/model/describe-error.ts';
import type { Replica, ReplicaChange } from '../replica/model/replica.ts';
import { backoffDelay } from '../replica/network/backoff.ts';
import { ServerRefusal } from './check-answer.ts';
import { keepRound } from './keep-round.ts';
import { type KeepingState, pictureNews } from './picture-news.ts';
import { isQuotaError } from './pictures-database.ts';

type WatchedReplica = Pick<Replica, 'query' | 'onChange' | 'onStatus' | 'status'>;

/** Milliseconds for which changes are collected: an ingest makes pictures all the time. */
const CHANGES_COLLECTED = 3000;
const RETRY = { base: 2000, cap: 5 * 60_000 };

/**
 * Does nothing in a browser without locks or storage: the app works without offline pictures.
 *
 * @param signal stops the work, which otherwise runs as long as the page is open.
 */
export function keepPictures(replica: WatchedReplica, signal = new AbortController().signal): void {
  void navigator.locks
    ?.request('ihub-pictures', { signal }, () => new Keeper(replica, signal).run())
    .catch((error: unknown) => {
      if (!signal.aborted) console.error('Pictures are not kept offline.', error);
    });
}

class Keeper {
  readonly #replica: WatchedReplica;
  readonly #signal: AbortSignal;
  readonly #absent = new Map<string, number>();
  #state: KeepingState = { at: 'resting' };
  /** Packages with changes; null means all. */
  #changed: Set<string> | null = null;
  #asked = Promise.withResolvers<void>();
  #stopRound = new AbortController();
  #failures = 0;

  constructor(replica: WatchedReplica, signal: AbortSignal) {
    this.#replica = replica;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    using news = pictureNews((heard) => {
      if (heard.type === 'ask') news.tell({ type: 'state', state: this.#state });
      if (heard.type === 'wanted') this.#begin(true);
    });
    let online = this.#replica.status().online;
    const stops = [
      this.#replica.onChange((change) => this.#notice(change)),
      this.#replica.onStatus((status) => {
        if (status.online && !online && this.#state.at === 'waiting') this.#begin();
        online = status.online;
      }),
    ];
    const ended = () => this.#asked.resolve();
    this.#signal.addEventListener('abort', ended);
    try {
      while (!this.#signal.aborted) await this.#round(news.tell);
    } finally {
      this.#signal.removeEventListener('abort', ended);
      for (const stop of stops) stop();
    }
  }

  async #round(tell: (news: { type: 'stored' } | { type: 'state'; state: KeepingState }) => void): Promise<void> {
    const packages = this.#changed;
    this.#changed = new Set();
    this.#asked = Promise.withResolvers();
    this.#stopRound = new AbortController();
    const setState = (state: KeepingState) => {
      if (state.at === this.#state.at && state.at !== 'failed') return;
      this.#state = state;
      tell({ type: 'state', state });
    };
    try {
      await keepRound({
        replica: this.#replica,
        packages,
        absent: this.#absent,
        signal: AbortSignal.any([this.#signal, this.#stopRound.signal]),
        onFetch: () => setState({ at: 'fetching' }),
        onStored: () => {
          this.#failures = 0;
          tell({ type: 'stored' });
        },
      });
      this.#failures = 0;
      setState({ at: 'resting' });
    } catch (error) {
      // The next round also covers what this one did not reach.
      this.#changed = null;
      if (!this.#stopRound.signal.aborted) setState(stateAfter(error));
    }
    await this.#untilNextRound();
  }

  async #untilNextRound(): Promise<void> {
    if (this.#state.at !== 'waiting') return this.#asked.promise;
    const timer = setTimeout(() => this.#asked.resolve(), backoffDelay(this.#failures, RETRY));
    this.#failures += 1;
    await this.#asked.promise;
    clearTimeout(timer);
  }

  /** Starts a full round at once. @param restart aborts the current round, which serves outdated wishes. */
  #begin(restart = false): void {
    this.#changed = null;
    if (restart) this.#stopRound.abort();
    this.#asked.resolve();
  }

  #notice({ tables }: ReplicaChange): void {
    if (tables.has('packages')) this.#changed = null;
    const change = tables.get('assets');
    const columns = change?.columns ?? null;
    const matters =
      change &&
      (columns === null || ['thumbnail_version', 'proxy_version', 'deleted_at'].some((name) => columns.has(name)));
    if (matters) {
      if (change.packages === null) this.#changed = null;
      for (const id of change.packages ?? []) this.#changed?.add(id);
    }
    // A full device needs the user to free space first.
    if ((matters || tables.has('packages')) && this.#state.at !== 'full') {
      const { resolve } = this.#asked;
      setTimeout(resolve, CHANGES_COLLECTED);
    }
  }
}

function stateAfter(error: unknown): KeepingState {
  if (isQuotaError(error)) return { at: 'full' };
  if (error instanceof TypeError) return { at: 'waiting' };
  if (error instanceof ServerRefusal) return { at: 'failed', problem: error.message };
  return { at: 'failed', problem: describeError(error) };
}
