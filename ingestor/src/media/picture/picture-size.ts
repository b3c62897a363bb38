/** Sizes at which a video is shown: square pixels, both sides even, as 4:2:0 requires. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a tile's longer edge. */
const TILE_EDGE = 160;
/** Widest picture that H.264 decoders in browsers accept, whatever the height. */
const MAX_WIDTH = 4096;

/** Returns the size of a proxy: at most `lines` high, never enlarged. */
export function proxySize(shown: Size, lines: number): Size {
  return evenWithin(shown, { width: MAX_WIDTH, height: lines });
}

/** Returns the size of a sprite's tile. */
export function tileSize(shown: Size): Size {
  return evenWithin(shown, { width: TILE_EDGE, height: TILE_EDGE });
}

/**
 * Returns the largest even size with the same aspect ratio within the bounds; at least 2 pixels, the minimum of 4:2:0.
 */
export function evenWithin(shown: Size, bounds: Size): Size {
  const scale = Math.min(1, bounds.width / shown.width, bounds.height / shown.height);
  const even = (side: number, bound: number): number =>
    Math.max(2, Math.min(2 * Math.round((side * scale) / 2), 2 * Math.floor(Math.min(side, bound) / 2)));
  return { width: even(shown.width, bounds.width), height: even(shown.height, bounds.height) };
}
