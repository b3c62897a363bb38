/** Measures the speed of work over its last half minute: older work does not predict the rest. */

const WINDOW_MS = 30_000;
/** A shorter span gives no reliable rate. */
const MIN_SPAN_MS = 3000;

interface Sample {
  readonly at: number;
  readonly done: number;
}

export class Pace {
  #samples: readonly Sample[] = [];

  /** @param at milliseconds. @param done units of work, in total. */
  add(at: number, done: number): void {
    const last = this.#samples.at(-1);
    // Counters that fall belong to a restarted run.
    const kept = last !== undefined && done < last.done ? [] : this.#samples;
    // Keep the last sample before the window, so that the window is always covered.
    const from = kept.findLastIndex((sample) => sample.at <= at - WINDOW_MS);
    this.#samples = [...kept.slice(Math.max(from, 0)), { at, done }];
  }

  /** Returns the rate; null: not known yet; 0: nothing moved. */
  perSecond(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < MIN_SPAN_MS) return null;
    return ((last.done - first.done) * 1000) / (last.at - first.at);
  }

  /** Returns the seconds that `remaining` more units take; null: unknown. */
  secondsFor(remaining: number): number | null {
    if (remaining === 0) return 0;
    const rate = this.perSecond();
    return rate === null || rate === 0 ? null : remaining / rate;
  }
}
