/** Reads an image sequence by one of its frames: the middle one, or another when that is damaged. */
import type { MediaContext, MediaSource } from '../tools/media-source.ts';
import { processStill, type StillOptions, type StillResult } from './still-pass.ts';

/**
 * Falls back to another frame, because one bad frame does not make a bad sequence; the problem is then that of the
 * middle frame. @throws like `processStill`.
 */
export async function stillOfSequence(
  source: MediaSource,
  context: MediaContext,
  { thumbnail = true }: StillOptions = {},
): Promise<StillResult> {
  const middle = await processStill(source, context, { thumbnail });
  if (isWhole(middle, thumbnail)) return middle;
  const { contentHash, problem } = middle;
  for (const frame of standIns(source.files.length)) {
    const other = await processStill(source, context, { thumbnail, frame, contentHash });
    if (isWhole(other, thumbnail)) return { ...other, problem };
  }
  return middle;
}

function isWhole({ facts, thumbnailKey }: StillResult, thumbnail: boolean): boolean {
  return facts.width !== null && (thumbnailKey !== null || !thumbnail);
}

/** Returns a few positions spread over the sequence, so that not all of them fall into one damaged stretch. */
function standIns(count: number): Set<number> {
  const last = count - 1;
  const middle = Math.floor(last / 2);
  const places = new Set([middle + 1, Math.floor(last / 4), Math.ceil((last * 3) / 4), 0, last]);
  places.delete(middle);
  return places;
}
