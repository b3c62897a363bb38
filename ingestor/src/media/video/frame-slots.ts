/** Assigns a file to each frame of a sequence's proxy, so that the timing is right when frames are missing. Pure. */

export interface FrameSlot {
  /** Index of the existing frame that is shown, from 0. */
  readonly index: number;
  /** True when the frame stands in for a missing one. */
  readonly held: boolean;
}

/** Longest gap that is held, in multiples of the existing frames; a longer one means a misnamed file. */
const MOST_HELD = 20;
const ALWAYS_HELD = 1000;

/**
 * @param frames numbers of the existing frames, ascending.
 * @returns null when the gaps are too long to be held: the proxy then shows only the existing frames.
 */
export function frameSlots(frames: readonly number[]): FrameSlot[] | null {
  const [first = 0, last = 0] = [frames[0], frames.at(-1)];
  if (last - first + 1 > frames.length * MOST_HELD + ALWAYS_HELD) return null;
  const slots: FrameSlot[] = [];
  for (const [index, frame] of frames.entries()) {
    const next = frames[index + 1] ?? frame + 1;
    for (let number = frame; number < next; number++) slots.push({ index, held: number !== frame });
  }
  return slots;
}

/** Returns one slot for each frame. */
export function closedSlots(count: number): FrameSlot[] {
  return Array.from({ length: count }, (_, index) => ({ index, held: false }));
}

/** Returns runs of held slots: [first, last], counted from 0. */
export function heldRuns(slots: readonly FrameSlot[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const [position, { held }] of slots.entries()) {
    if (!held) continue;
    const run = runs.at(-1);
    if (run !== undefined && run[1] === position - 1) run[1] = position;
    else runs.push([position, position]);
  }
  return runs;
}
