/** How fast work goes, by its last half minute: what went on before says little of what comes. */

const WINDOW_MS = 30_000;
/** Less than this tells nothing. */
const MIN_SPAN_MS = 3000;

interface Sample {
  readonly at: number;
  readonly done: number;
}

export class Pace {
  #samples: readonly Sample[] = [];

  /** @param at milliseconds. @param done of the work, in all. */
  add(at: number, done: number): void {
    const last = this.#samples.at(-1);
    // Counters that fall belong to a run that began anew.
    const kept = last !== undefined && done < last.done ? [] : this.#samples;
    // The last one before the window stays, so that the window is always covered.
    const from = kept.findLastIndex((sample) => sample.at <= at - WINDOW_MS);
    this.#samples = [...kept.slice(Math.max(from, 0)), { at, done }];
  }

  /** Null: not known yet. 0: nothing moved. */
  perSecond(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < MIN_SPAN_MS) return null;
    return ((last.done - first.done) * 1000) / (last.at - first.at);
  }

  /** Seconds for `remaining` more; null: nobody can tell. */
  secondsFor(remaining: number): number | null {
    if (remaining === 0) return 0;
    const rate = this.perSecond();
    return rate === null || rate === 0 ? null : remaining / rate;
  }
}
