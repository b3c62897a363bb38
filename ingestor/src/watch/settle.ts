/** When a folder has stopped to grow. Pure: by what was seen, and a clock that only goes forward. */

/** A folder as one look at all of it found it. */
export interface Sight {
  /** Of its whole tree. */
  readonly fingerprint: string;
  readonly files: number;
  /** Bytes. */
  readonly size: number;
  /** Files that are still being copied, by their names. */
  readonly partial: number;
}

export interface Watched {
  readonly sight: Sight;
  /** Since when it looks like that, in milliseconds of the same clock as `now`. */
  readonly since: number;
}

/** A copy that was given up leaves its partial file for ever: after so long it is not waited for. */
const PARTIAL_PATIENCE_MS = 24 * 3600 * 1000;

/** What is known of a folder after another look at it. Times of files play no part: clocks of NAS boxes are wrong. */
export function watchOn(before: Watched | null, sight: Sight, now: number): Watched {
  return before !== null && before.sight.fingerprint === sight.fingerprint && before.sight.partial === sight.partial
    ? before
    : { sight, since: now };
}

/** @param windowMs how long it has to be quiet. */
export function isSettled(watched: Watched, now: number, windowMs: number): boolean {
  return isQuiet(watched, now, watched.sight.partial > 0 ? Math.max(windowMs, PARTIAL_PATIENCE_MS) : windowMs);
}

/** Whatever is still being copied into it: a package is no worse for being scanned before that is over. */
export function isQuiet({ since }: Watched, now: number, windowMs: number): boolean {
  return now - since >= windowMs;
}

/** What a folder that is not settled waits for, in one sentence for people. */
export function waitingFor({ sight }: Watched): string {
  return sight.partial > 0
    ? `${sight.partial} of its files ${sight.partial === 1 ? 'is' : 'are'} still being copied.`
    : 'It was still growing a moment ago.';
}
