/** Sizes of what is shown of a movie: square pixels, both sides even, as 4:2:0 wants them. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a tile's longer edge. */
const TILE_EDGE = 160;
/** What H.264 decoders in browsers take, whatever the height. */
const MAX_WIDTH = 4096;

/** Of a proxy: at most so many lines, never enlarged. */
export function proxySize(shown: Size, lines: number): Size {
  return evenWithin(shown, { width: MAX_WIDTH, height: lines });
}

/** Of one of a sprite's tiles. */
export function tileSize(shown: Size): Size {
  return evenWithin(shown, { width: TILE_EDGE, height: TILE_EDGE });
}

/** The largest even size of the same shape within the bounds; at least 2 pixels, the least that 4:2:0 can be. */
export function evenWithin(shown: Size, bounds: Size): Size {
  const scale = Math.min(1, bounds.width / shown.width, bounds.height / shown.height);
  const even = (side: number, bound: number): number =>
    Math.max(2, Math.min(2 * Math.round((side * scale) / 2), 2 * Math.floor(Math.min(side, bound) / 2)));
  return { width: even(shown.width, bounds.width), height: even(shown.height, bounds.height) };
}
