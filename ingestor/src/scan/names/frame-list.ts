/** Reads and writes frame numbers as people do: '1003,1010-1014', with negative ones '-3--1,7'. */

const PART = /^(-?\d+)(?:-(-?\d+))?$/;

/** @param frames ascending, without duplicates. @returns null for none. */
export function frameList(frames: readonly number[]): string | null {
  const parts: string[] = [];
  for (let index = 0; index < frames.length; ) {
    const from = frames[index] ?? 0;
    let to = from;
    for (index += 1; frames[index] === to + 1; index += 1) to += 1;
    parts.push(range(from, to));
  }
  return parts.length === 0 ? null : parts.join(',');
}

/** Returns the frames missing between first and last; null for none. @param frames ascending, without duplicates. */
export function missingFrames(frames: readonly number[]): string | null {
  // Iterate by gap, not by frame: the numbers of two files may be a million apart.
  const parts: string[] = [];
  for (let index = 1; index < frames.length; index += 1) {
    const from = (frames[index - 1] ?? 0) + 1;
    const to = (frames[index] ?? 0) - 1;
    if (from <= to) parts.push(range(from, to));
  }
  return parts.length === 0 ? null : parts.join(',');
}

/**
 * Returns the frames from first to last, ascending, without those that `missing` lists.
 *
 * @throws TypeError when `missing` is not an ascending frame list.
 */
export function existingFrames(first: number, last: number, missing: string | null): number[] {
  const frames: number[] = [];
  let frame = first;
  for (const [from, to] of missing === null ? [] : parseFrameList(missing)) {
    for (; frame < from && frame <= last; frame += 1) frames.push(frame);
    frame = Math.max(frame, to + 1);
  }
  for (; frame <= last; frame += 1) frames.push(frame);
  return frames;
}

/**
 * Returns the first and last frame of each range.
 *
 * @throws TypeError when the text is not a frame list, or not ascending.
 */
export function parseFrameList(text: string): [from: number, to: number][] {
  let end = Number.NEGATIVE_INFINITY;
  return text.split(',').map((part) => {
    const [, first, last = first] = PART.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!(from > end && to >= from)) throw new TypeError(`not a frame list: ${text}`);
    end = to;
    return [from, to];
  });
}

function range(from: number, to: number): string {
  return from === to ? `${from}` : `${from}-${to}`;
}
