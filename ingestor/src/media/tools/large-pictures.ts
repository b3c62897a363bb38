/** Large pictures wait for each other, so that several at once do not take the host; those that are too large are refused. */
import { toolMemory } from '../../settings/config.ts';
import { MediaProblem, needsMoreMemory } from './media-problem.ts';

/** Bytes; pictures that take less are worked on side by side. */
const LARGE = 512 * 1024 * 1024;

/** A number of 32 bits for each channel: how most programs hold a picture while they work on it. */
export function decodedSize({ width, height }: { width: number; height: number }, channels: number): number {
  return width * height * channels * 4;
}

/**
 * Throws where a picture cannot be decoded in the memory that it may take.
 *
 * @param bytes of the picture, decoded. @param what how to call it: 'The TIF file'. @throws MediaProblem
 */
export function checkRoom(bytes: number, what: string, limit = toolMemory()): void {
  if (bytes > limit) throw new MediaProblem(needsMoreMemory(what, limit), { final: true });
}

/**
 * How many pictures of so many bytes are decoded side by side: oiiotool takes three times
 * that while it works, and together they take no more than one may.
 * At least 1, which then waits for its turn.
 */
export function sideBySide(bytes: number, most: number, limit = toolMemory()): number {
  return Math.max(1, Math.min(most, Math.floor(Math.max(LARGE, limit / 3) / bytes)));
}

export function isLarge(bytes: number): boolean {
  return bytes >= LARGE;
}

let last: Promise<unknown> = Promise.resolve();

/** Runs what decodes a picture of so many bytes: of large ones, one at a time. */
export async function inTurn<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  if (!isLarge(bytes)) return work();
  const turn = last.then(work);
  // The next one's turn comes however this one ends.
  last = turn.catch(() => {});
  return turn;
}
