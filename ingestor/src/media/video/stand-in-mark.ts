/** Draws a bar at the foot of frames that stand in for missing or damaged ones. */
import type { Size } from '../picture/picture-size.ts';

const COLOUR = [0xe0, 0xa0, 0x30] as const;
/** Most runs that are passed to ffmpeg; in a sequence with more gaps only the first are marked. */
const MOST_RUNS = 500;

/** Returns the height of the bar in rows. */
function rows({ height }: Size): number {
  return Math.min(height, Math.max(2, Math.round(height / 48)));
}

/**
 * Returns the filter that marks runs of frames; null when none stands in for another.
 *
 * @param runs [first, last], counted from 0.
 * @param rate frames a second.
 */
export function standInFilter(
  runs: readonly (readonly [first: number, last: number])[],
  rate: number,
  size: Size,
): string | null {
  if (runs.length === 0) return null;
  const at = (frame: number): string => (frame / rate).toFixed(6);
  const when = runs.slice(0, MOST_RUNS).map(([first, last]) => `between(t,${at(first - 0.5)},${at(last + 0.5)})`);
  const colour = `0x${COLOUR.map((value) => value.toString(16)).join('')}`;
  return `drawbox=x=0:y=${size.height - rows(size)}:w=${size.width}:h=${rows(size)}:color=${colour}:t=fill:enable='${when.join('+')}'`;
}

/** Returns a copy of an RGB picture with the bar. */
export function withStandInMark(picture: Buffer, size: Size): Buffer {
  const marked = Buffer.from(picture);
  for (let at = (size.height - rows(size)) * size.width * 3; at < marked.length; at += 3) marked.set(COLOUR, at);
  return marked;
}
