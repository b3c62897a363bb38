/** The three tile sizes of the grid and its list view, and the layout of each in a given width. */
import { z } from 'zod';

export const tileSize = z.enum(['small', 'medium', 'large', 'list']);
export type TileSize = z.infer<typeof tileSize>;

/** The minimum width of a tile in pixels. */
const leastWidth: Record<Exclude<TileSize, 'list'>, number> = { small: 96, medium: 138, large: 240 };
export const TILE_GAP = 6;
/** The height below the picture in pixels: the caption and the tile's edge. */
const CAPTION = 22 + 6;
/** The tile's edge left and right of the picture. */
const EDGE = 6;
const LIST_ROW = 34;

export interface TileLayout {
  readonly columns: number;
  /** Pixels of a tile, without the gap. */
  readonly tileWidth: number;
}

export function tileLayout(size: TileSize, width: number): TileLayout {
  if (size === 'list') return { columns: 1, tileWidth: width };
  const columns = Math.max(1, Math.floor((width + TILE_GAP) / (leastWidth[size] + TILE_GAP)));
  return { columns, tileWidth: (width - (columns - 1) * TILE_GAP) / columns };
}

/** Returns the height of a row in pixels, including the gap below. @param shape the pictures' width by their height. */
export function rowHeight(size: TileSize, { tileWidth }: TileLayout, shape: number): number {
  if (size === 'list') return LIST_ROW;
  return Math.round((tileWidth - EDGE) / shape) + CAPTION + TILE_GAP;
}

/** The next smaller or larger tiles; the list is no size of tiles. */
export function nextTileSize(size: TileSize, step: -1 | 1): TileSize {
  const sizes = ['small', 'medium', 'large'] as const;
  if (size === 'list') return step === 1 ? 'small' : size;
  return sizes[Math.max(0, Math.min(sizes.length - 1, sizes.indexOf(size) + step))] ?? size;
}
