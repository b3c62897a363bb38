/** The three tile sizes of the grid, and the layout of each in a given width. */
import { z } from 'zod';

export const tileSize = z.enum(['small', 'medium', 'large']);
export type TileSize = z.infer<typeof tileSize>;

/** The minimum width of a tile in pixels. */
const leastWidth: Record<TileSize, number> = { small: 116, medium: 176, large: 292 };
export const TILE_GAP = 6;
/** The height below the picture in pixels: name, tags and the picture's margin. */
const CAPTION = 43;

export interface TileLayout {
  readonly columns: number;
  /** Pixels, including the gap below. */
  readonly rowHeight: number;
}

export function tileLayout(size: TileSize, width: number): TileLayout {
  const columns = Math.max(1, Math.floor((width + TILE_GAP) / (leastWidth[size] + TILE_GAP)));
  const tileWidth = (width - (columns - 1) * TILE_GAP) / columns;
  return { columns, rowHeight: Math.round(tileWidth * 0.75) + CAPTION + TILE_GAP };
}
