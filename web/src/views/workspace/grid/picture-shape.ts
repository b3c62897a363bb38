/** Chooses the shape of the tiles' pictures, so that most fill it: crops of faces are squares, clips are wide. */
import type { ListCounts } from '../../../queries/list-counts.ts';
import { countsOf } from '../../../queries/list-counts.ts';

const SQUARE = 1;
const WIDE = 16 / 9;
/** Fits both. */
const MIXED = 4 / 3;

const shapes: Readonly<Record<string, number>> = {
  aligned: SQUARE,
  plate: MIXED,
  grid: MIXED,
  raw: WIDE,
  graded: WIDE,
  proxy: WIDE,
  audio: WIDE,
  metadata: WIDE,
};

/** Returns the pictures' width by their height. @param assetType of all assets; null: they may be of several. */
export function pictureShape(assetType: string | null, counts: ListCounts): number {
  if (assetType !== null) return shapes[assetType] ?? MIXED;
  const found = new Set([...countsOf(counts, 'asset').keys()].map((type) => shapes[type ?? ''] ?? MIXED));
  const [only = MIXED] = found;
  return found.size === 1 ? only : MIXED;
}
