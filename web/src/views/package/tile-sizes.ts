/** The three sizes of the grid, and the shape that each takes in a given width. */
import { z } from 'zod';

export const tileSize = z.enum(['small', 'medium', 'large']);
export type TileSize = z.infer<typeof tileSize>;

/** Pixels: the least width of a tile. */
const leastWidth: Record<TileSize, number> = { small: 116, medium: 176, large: 292 };
export const TILE_GAP = 6;
/** Pixels below the picture: name and tags, and the picture's margin. */
const CAPTION = 43;

export interface TileLayout {
  readonly columns: number;
  /** Pixels, with the gap below. */
  readonly rowHeight: number;
}

export function tileLayout(size: TileSize, width: number): TileLayout {
  const columns = Math.max(1, Math.floor((width + TILE_GAP) / (leastWidth[size] + TILE_GAP)));
  const tileWidth = (width - (columns - 1) * TILE_GAP) / columns;
  return { columns, rowHeight: Math.round(tileWidth * 0.75) + CAPTION + TILE_GAP };
}
