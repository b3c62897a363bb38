/** Assigns a file to each frame of a sequence's proxy, so that the timing is right when frames are missing. Pure. */

export interface ProxyFrame {
  /** Index of the existing frame that is shown, from 0. */
  readonly index: number;
  /** True when the frame stands in for a missing one. */
  readonly standIn: boolean;
}

/** Longest gap that is filled, in multiples of the existing frames; a longer one means a misnamed file. */
const MOST_STAND_INS = 20;
const ALWAYS_FILLED = 1000;

/**
 * @param frames numbers of the existing frames, ascending.
 * @returns null when the gaps are too long to be filled: the proxy then shows only the existing frames.
 */
export function fillGaps(frames: readonly number[]): ProxyFrame[] | null {
  const [first = 0, last = 0] = [frames[0], frames.at(-1)];
  if (last - first + 1 > frames.length * MOST_STAND_INS + ALWAYS_FILLED) return null;
  const proxyFrames: ProxyFrame[] = [];
  for (const [index, frame] of frames.entries()) {
    const next = frames[index + 1] ?? frame + 1;
    for (let number = frame; number < next; number++) proxyFrames.push({ index, standIn: number !== frame });
  }
  return proxyFrames;
}

/** Returns each frame once. */
export function withoutGaps(count: number): ProxyFrame[] {
  return Array.from({ length: count }, (_, index) => ({ index, standIn: false }));
}

/** Returns runs of frames that stand in for missing ones: [first, last], counted from 0. */
export function standInRuns(proxyFrames: readonly ProxyFrame[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const [position, { standIn }] of proxyFrames.entries()) {
    if (!standIn) continue;
    const run = runs.at(-1);
    if (run !== undefined && run[1] === position - 1) run[1] = position;
    else runs.push([position, position]);
  }
  return runs;
}
