/** How long a program may work on a movie. Pure. */

const MINUTE_MS = 60_000;
const LONGEST_MS = 24 * 60 * MINUTE_MS;

/**
 * @param seconds that the movie claims to last; null: unknown.
 * @param pixels of a frame; 0 of a sound.
 * @returns milliseconds: room for a slow codec on a busy server, in proportion to what there is to do.
 */
export function timeLimit(seconds: number | null, pixels: number): number {
  if (seconds === null) return 6 * 60 * MINUTE_MS;
  const secondsForEach = 20 + (pixels / 1_000_000) * 6;
  return Math.min(LONGEST_MS, 10 * MINUTE_MS + seconds * secondsForEach * 1000);
}
