/**
 * Monitors whether the media roots answer. A separate process examines each root every few seconds. While a root is
 * silent, work on it is abandoned, so that it takes no thread from the other roots.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type RootProcess, RootSilent } from './root-process.ts';
import type { RootState } from './root-state.ts';

export interface PulseOptions {
  /** The time that a drive may take to answer. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  /** Called when the root falls silent (true) and when it answers again. */
  readonly onChange: (folder: string, isSilent: boolean) => void;
}

/** Monitors one root. */
export class RootPulse {
  readonly folder: string;
  readonly #process: RootProcess;
  readonly #options: PulseOptions;
  #silence = new AbortController();
  #answered = Promise.withResolvers<void>();
  /** Abandoned work that the drive still blocks; it ends when the drive answers. */
  readonly #left = new Set<Promise<unknown>>();

  constructor(process: RootProcess, options: PulseOptions) {
    this.folder = process.folder;
    this.#process = process;
    this.#options = options;
    this.#answered.resolve();
  }

  get isSilent(): boolean {
    return this.#silence.signal.aborted;
  }

  /** Examines the root now. @throws RootSilent */
  async see(): Promise<RootState> {
    try {
      const state = await this.#process.look(this.#options.patienceMs);
      this.#heard();
      return state;
    } catch (error) {
      if (error instanceof RootSilent) this.#missed(error);
      throw error;
    }
  }

  /** Examines the root repeatedly until the signal aborts. */
  async watch(): Promise<void> {
    const { patienceMs, signal } = this.#options;
    while (!signal.aborted) {
      await this.see().catch(() => {});
      await delay(patienceMs / 3, undefined, { signal }).catch(() => {});
    }
    this.#process[Symbol.dispose]();
  }

  /**
   * Runs work on files of the root. If the root falls silent in the meantime, the work is abandoned: its signal aborts,
   * and it ends when the drive permits.
   *
   * @throws RootSilent, at once when the root is already silent; errors of the work.
   */
  async during<T>(work: (silent: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#silence;
    signal.throwIfAborted();
    const working = work(signal);
    const silenced = Promise.withResolvers<never>();
    const leave = () => {
      const left = working.then(
        () => {},
        () => {},
      );
      this.#left.add(left);
      void left.then(() => this.#left.delete(left));
      silenced.reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([working, silenced.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** Resolves to true when the root answers and no abandoned work is running; to false after the given time. */
  async answers(waitMs: number): Promise<boolean> {
    const { signal } = this.#options;
    const waited = new AbortController();
    const patience = delay(waitMs, false, { signal: AbortSignal.any([signal, waited.signal]) }).catch(() => false);
    const ready = (async () => {
      await this.#answered.promise;
      await Promise.all(this.#left);
      return !this.isSilent;
    })();
    try {
      return await Promise.race([ready, patience]);
    } finally {
      waited.abort();
    }
  }

  #missed(error: RootSilent): void {
    if (this.isSilent) return;
    this.#answered = Promise.withResolvers();
    this.#silence.abort(error);
    this.#options.onChange(this.folder, true);
  }

  #heard(): void {
    if (!this.isSilent) return;
    this.#silence = new AbortController();
    this.#answered.resolve();
    this.#options.onChange(this.folder, false);
  }
}

/** Monitors of all roots of a daemon. */
export class RootPulses {
  readonly #pulses: ReadonlyMap<string, RootPulse>;

  /** @param pulses by the roots' ids. */
  constructor(pulses: ReadonlyMap<string, RootPulse>) {
    this.#pulses = pulses;
  }

  /** Null: all roots answer. */
  get problem(): string | null {
    const silent = [...this.#pulses.values()].filter(({ isSilent }) => isSilent);
    return silent.map(({ folder }) => new RootSilent(folder).message).join(' ') || null;
  }

  /** @throws RangeError for a root that does not belong to this daemon. */
  of(rootId: string): RootPulse {
    const pulse = this.#pulses.get(rootId);
    if (pulse === undefined) throw new RangeError(`${rootId} is not a media root of this ingestor`);
    return pulse;
  }
}
