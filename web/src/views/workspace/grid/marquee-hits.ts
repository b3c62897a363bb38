/** Finds the assets whose tiles a box touches. */
import type { GridLayout } from './grid-layout.ts';
import { PADDING } from './grid-layout.ts';

/** In pixels of the layout. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Positions in the order; `end` is exclusive. */
export interface IndexRange {
  readonly start: number;
  readonly end: number;
}

/** Returns ranges that do not touch each other. @param tile the width of a tile, and the gap after it. */
export function marqueeHits(
  layout: GridLayout,
  box: Box,
  tile: { readonly width: number; readonly gap: number },
): IndexRange[] {
  const step = tile.width + tile.gap;
  const first = Math.max(0, Math.ceil((box.left - PADDING - tile.width) / step));
  const last = Math.min(layout.columns - 1, Math.floor((box.right - PADDING) / step));
  const hits: IndexRange[] = [];
  if (last < first) return hits;
  for (let number = layout.rowAt(box.top); number < layout.rows; number++) {
    const row = layout.row(number);
    if (row === null || row.top > box.bottom) break;
    const start = row.start + first;
    const end = Math.min(row.end, row.start + last + 1);
    if (row.top + row.height - tile.gap < box.top || end <= start) continue;
    const before = hits.at(-1);
    if (before?.end === start) hits[hits.length - 1] = { start: before.start, end };
    else hits.push({ start, end });
  }
  return hits;
}
