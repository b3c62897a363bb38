/**
 * Handles files between two frames: `plate.1001.5.exr` is half a frame after `plate.1001.exr`. Their last number is the
 * fraction, and the frame number stands before it.
 */
import { type FrameName, frameNameOf } from './frame-name.ts';
import type { Member } from './sequences.ts';

/** The minimum digits of a frame number; a shorter number before another is a take or a shot. */
const FRAME_DIGITS = 3;

/**
 * Moves files between frames to the family of their frames, with the fraction as part of the extension ('.5.exr'), so
 * that the files of each fraction form a sequence without gaps.
 *
 * @param families by folder and stem; modified.
 */
export function joinBetweenFrames<File>(families: Map<string, Member<File>[]>): void {
  const candidates = new Map<string, Candidate<File>[]>();
  for (const [prefix, members] of families) {
    const slash = prefix.lastIndexOf('/') + 1;
    if (!prefix.endsWith('.')) continue;
    for (const [extension, alike] of Map.groupBy(members, ({ name }) => name.extension.toLowerCase())) {
      // The name without its fraction must be the name of a frame.
      const frame = frameNameOf(prefix.slice(slash, -1) + extension);
      if (frame === null || frame.digits.length < FRAME_DIGITS || alike.some(({ name }) => name.negative)) continue;
      const key = `${prefix.slice(0, slash)}${frame.stem}\0${extension}`;
      const found = candidates.get(key) ?? [];
      candidates.set(key, found);
      found.push({ prefix, frame, members: alike });
    }
  }
  for (const [key, frames] of candidates) {
    const [stem = '', extension = ''] = key.split('\0');
    const whole = families.get(stem)?.filter(({ name }) => name.extension.toLowerCase() === extension) ?? [];
    const numbers = new Set(whole.map(({ name }) => name.frame));
    const hasWhole = frames.some(({ frame }) => numbers.has(frame.frame));
    if (!hasWhole && !(frames.length > 1 && frames.every(({ members }) => areEvenFractions(members)))) continue;
    for (const candidate of frames) move(candidate, stem, families);
  }
}

interface Candidate<File> {
  /** Folder, and name up to the fraction. */
  readonly prefix: string;
  readonly frame: FrameName;
  readonly members: readonly Member<File>[];
}

/** Whether decimal fractions divide a frame evenly: 5; 25, 5 and 75; 0 and 5; 333 and 667. */
function areEvenFractions(members: readonly Member<unknown>[]): boolean {
  const fractions = members.map(({ name }) => Number(`0.${name.digits}`)).sort((a, b) => a - b);
  if (fractions[0] !== 0) fractions.unshift(0);
  const step = 1 / fractions.length;
  return fractions.length > 1 && fractions.every((fraction, index) => Math.abs(fraction - index * step) < 0.006);
}

function move<File>(
  { prefix, frame, members }: Candidate<File>,
  stem: string,
  families: Map<string, Member<File>[]>,
): void {
  const moved = new Set(members);
  const left = families.get(prefix)?.filter((member) => !moved.has(member)) ?? [];
  if (left.length === 0) families.delete(prefix);
  else families.set(prefix, left);
  const family = families.get(stem) ?? [];
  families.set(stem, family);
  for (const { file, name } of members) {
    family.push({ file, name: { ...frame, extension: `.${name.digits}${name.extension}` } });
  }
}
