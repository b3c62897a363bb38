/** Large pictures wait for each other, so that several at once do not take the host; those that are too large are refused. */
import { toolMemory } from '../config.ts';
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

let last: Promise<unknown> = Promise.resolve();

/** Runs what decodes a picture of so many bytes: of large ones, one at a time. */
export async function inTurn<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  if (bytes < LARGE) return work();
  const turn = last.then(work);
  // The next one's turn comes however this one ends.
  last = turn.catch(() => {});
  return turn;
}
