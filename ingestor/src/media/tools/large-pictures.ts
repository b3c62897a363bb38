/** Queues large pictures, so that several at once do not exhaust the host, and rejects those that are too large. */
import pLimit from 'p-limit';
import { toolMemory } from '../../settings/config.ts';
import { MediaProblem, needsMoreMemory } from './media-problem.ts';

/** Bytes; smaller pictures are processed in parallel. */
const LARGE = 512 * 1024 * 1024;

/** Assumes 32 bits a channel, which is how most programs hold a picture while they process it. */
export function decodedSize({ width, height }: { width: number; height: number }, channels: number): number {
  return width * height * channels * 4;
}

/**
 * Throws when a picture cannot be decoded within the memory limit.
 *
 * @param bytes of the decoded picture. @param what names it in a sentence: 'The TIF file'. @throws MediaProblem
 */
export function checkRoom(bytes: number, what: string, limit = toolMemory()): void {
  if (bytes > limit) throw new MediaProblem(needsMoreMemory(what, limit), { final: true });
}

/**
 * Returns how many pictures of this size are decoded in parallel: oiiotool needs three times their size, and together
 * they may take no more than one picture may. At least 1, which then waits for its turn.
 */
export function sideBySide(bytes: number, most: number, limit = toolMemory()): number {
  return Math.max(1, Math.min(most, Math.floor(Math.max(LARGE, limit / 3) / bytes)));
}

export function isLarge(bytes: number): boolean {
  return bytes >= LARGE;
}

const oneAtATime = pLimit(1);

/** Runs work that decodes a picture of this size; large pictures are decoded one at a time. */
export function inTurn<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  return isLarge(bytes) ? oneAtATime(work) : work();
}
