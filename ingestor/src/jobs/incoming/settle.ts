/** Decides when a folder has stopped growing. Pure: works from observations and a monotonic clock. */

/** The result of reading a complete folder once. */
export interface TreeState {
  /** Fingerprint of the whole tree. */
  readonly fingerprint: string;
  readonly files: number;
  /** Bytes. */
  readonly size: number;
  /** Files that are still being copied, judged by their names. */
  readonly partial: number;
}

export interface Watched {
  readonly tree: TreeState;
  /** Milliseconds, on the clock of `now`, since which the folder has been unchanged. */
  readonly since: number;
}

/** An abandoned copy leaves its partial file forever: after this time the file no longer delays the folder. */
const PARTIAL_PATIENCE_MS = 24 * 3600 * 1000;

/**
 * Updates the state of a folder after another observation. Ignores file times, because clocks of NAS boxes are
 * unreliable.
 */
export function watchOn(before: Watched | null, tree: TreeState, now: number): Watched {
  return before !== null && before.tree.fingerprint === tree.fingerprint && before.tree.partial === tree.partial
    ? before
    : { tree, since: now };
}

/** @param windowMs how long the folder has to be unchanged. */
export function isSettled(watched: Watched, now: number, windowMs: number): boolean {
  return isQuiet(watched, now, watched.tree.partial > 0 ? Math.max(windowMs, PARTIAL_PATIENCE_MS) : windowMs);
}

/** Ignores partial files: a scan while one is still being copied does a package no harm. */
export function isQuiet({ since }: Watched, now: number, windowMs: number): boolean {
  return now - since >= windowMs;
}

/** Explains in one sentence for people what an unsettled folder waits for. */
export function waitingFor({ tree }: Watched): string {
  return tree.partial > 0
    ? `${tree.partial} of its files ${tree.partial === 1 ? 'is' : 'are'} still being copied.`
    : 'It was still growing a moment ago.';
}
