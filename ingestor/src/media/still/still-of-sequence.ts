/** What is known of an image sequence by one of its frames: the middle one, and where that is damaged another. */
import type { MediaContext, MediaSource } from '../tools/media-source.ts';
import { processStill, type StillOptions, type StillResult } from './still-pass.ts';

/** One bad frame makes no bad sequence. The problem is then that of the middle frame. @throws as `processStill` does. */
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

/** A few positions all over the sequence, so that a damaged stretch is not all that is tried. */
function standIns(count: number): Set<number> {
  const last = count - 1;
  const middle = Math.floor(last / 2);
  const places = new Set([middle + 1, Math.floor(last / 4), Math.ceil((last * 3) / 4), 0, last]);
  places.delete(middle);
  return places;
}
