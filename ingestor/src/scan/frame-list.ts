/** Frame numbers as people write them: '1003,1010-1014', with negative ones '-3--1,7'. */

const PART = /^(-?\d+)(?:-(-?\d+))?$/;

/** @param frames ascending, none twice. @returns null for none. */
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

/** The frames between the first and last that are not there; null for none. @param frames ascending, none twice. */
export function missingFrames(frames: readonly number[]): string | null {
  // By gaps, not by frame: the numbers of two files may be a million apart.
  const parts: string[] = [];
  for (let index = 1; index < frames.length; index += 1) {
    const from = (frames[index - 1] ?? 0) + 1;
    const to = (frames[index] ?? 0) - 1;
    if (from <= to) parts.push(range(from, to));
  }
  return parts.length === 0 ? null : parts.join(',');
}

/**
 * The frames that exist from first to last, ascending, without those that `missing` lists.
 *
 * @throws TypeError when that is no ascending frame list.
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
 * First and last of each range.
 *
 * @throws TypeError when the text is no frame list, or not ascending.
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
