/** The delay before a retry. */

export interface BackoffOptions {
  /** Milliseconds; the longest wait after the first failure. It doubles with each further failure. */
  readonly base: number;
  /** Milliseconds; the upper limit of any wait. */
  readonly cap: number;
}

/**
 * Returns between half and all of min(cap, base * 2^attempt) milliseconds. The delay grows, and jitter
 * keeps a studio's browsers from reconnecting all at once.
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
