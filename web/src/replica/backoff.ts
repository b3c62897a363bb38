/** How long to wait before a further attempt. */

export interface BackoffOptions {
  /** Milliseconds; the longest wait after the first failure. Doubles with each one. */
  readonly base: number;
  /** Milliseconds; no wait is longer. */
  readonly cap: number;
}

/**
 * Between half and all of min(cap, base * 2^attempt) milliseconds: growing, and spread, so that the
 * browsers of a studio do not come back all at once.
 *
 * @param attempt 0 after the first failure.
 */
export function backoffDelay(
  attempt: number,
  { base, cap }: BackoffOptions,
  random: () => number = Math.random,
): number {
  const longest = Math.min(cap, base * 2 ** attempt);
  return longest / 2 + (random() * longest) / 2;
}
