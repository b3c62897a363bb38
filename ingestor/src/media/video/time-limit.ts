/** Limits how long a program may work on a video. Pure. */

const MINUTE_MS = 60_000;
const LONGEST_MS = 24 * 60 * MINUTE_MS;

/**
 * @param seconds that the video claims to last; null when unknown.
 * @param pixels of a frame; 0 for a sound.
 * @returns milliseconds: enough for a slow codec on a busy server, in proportion to the work.
 */
export function timeLimit(seconds: number | null, pixels: number): number {
  if (seconds === null) return 6 * 60 * MINUTE_MS;
  const secondsForEach = 20 + (pixels / 1_000_000) * 6;
  return Math.min(LONGEST_MS, 10 * MINUTE_MS + seconds * secondsForEach * 1000);
}
