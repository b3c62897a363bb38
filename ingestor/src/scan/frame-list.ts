/** Frame numbers as people write them: '1003,1010-1014'. */

/** The frames between the first and last that are not there, as text; null for none. @param frames ascending. */
export function missingFrames(frames: readonly number[]): string | null {
  // By gaps, not by frame: two files whose numbers are dates are a million frames apart.
  const parts: string[] = [];
  for (let index = 1; index < frames.length; index += 1) {
    const from = (frames[index - 1] ?? 0) + 1;
    const to = (frames[index] ?? 0) - 1;
    if (from === to) parts.push(`${from}`);
    else if (from < to) parts.push(`${from}-${to}`);
  }
  return parts.length === 0 ? null : parts.join(',');
}

/** The frames that exist from first to last, ascending, without those that `missing` lists. */
export function existingFrames(first: number, last: number, missing: string | null): number[] {
  const gaps = (missing ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [from, to = from] = part.split('-').map(Number);
      if (from === undefined || to === undefined || Number.isNaN(from + to)) {
        throw new TypeError(`not a frame list: ${missing}`);
      }
      return { from, to };
    });
  const frames: number[] = [];
  let gap = 0;
  for (let frame = first; frame <= last; frame += 1) {
    const next = gaps[gap];
    if (next && frame >= next.from) {
      frame = next.to;
      gap += 1;
    } else {
      frames.push(frame);
    }
  }
  return frames;
}
