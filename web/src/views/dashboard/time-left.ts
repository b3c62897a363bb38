/** Estimates the time left of an ingest run from its pace within the last minute. */
import type { ActiveRunRow } from '../../queries/ingest-now.ts';

export interface PaceSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly done: number;
}

const WINDOW_MS = 60_000;
/** Milliseconds of a run before which its pace tells little. */
const WARM_UP_MS = 20_000;

/** Adds a sample and drops those before the last minute, but the latest of them. */
export function withSample(samples: readonly PaceSample[], sample: PaceSample): PaceSample[] {
  const start = samples.findLastIndex(({ at }) => at <= sample.at - WINDOW_MS);
  return [...samples.slice(Math.max(start, 0)), sample];
}

/** Returns the seconds left; null while the pace is not known or nothing is left. */
export function secondsLeft(
  run: Pick<ActiveRunRow, 'run_status' | 'run_held' | 'run_assets_registered' | 'started_at'>,
  samples: readonly PaceSample[],
): number | null {
  const [first, last] = [samples.at(0), samples.at(-1)];
  if (run.run_status !== 'processing' || run.run_held !== null || run.run_assets_registered === null) return null;
  if (first === undefined || last === undefined || run.started_at === null) return null;
  if (last.at - run.started_at.getTime() < WARM_UP_MS || last.at === first.at || last.done <= first.done) return null;
  const left = run.run_assets_registered - last.done;
  return left <= 0 ? null : (left * (last.at - first.at)) / (last.done - first.done) / 1000;
}

/** @example formatTimeLeft(370) // 'about 7 min left' */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 60) return 'less than a minute left';
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `about ${minutes} min left` : `about ${Math.round(minutes / 60)} h left`;
}
