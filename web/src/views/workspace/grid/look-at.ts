/** Tells the list which of its assets are on the screen, so that their rows and pictures come first. */
import { createEffect } from 'solid-js';
import { isWaiting, type PreviewRequests } from '../../../pictures/create-preview-requests.ts';
import type { ScopeAssets, VisibleRange } from '../list/create-scope-assets.ts';
import type { GridWindow, RowRange } from './create-grid-window.ts';
import type { ScrollSpeed } from './create-scroll-speed.ts';
import type { GridLayout } from './grid-layout.ts';

export interface LookInput {
  readonly layout: () => GridLayout;
  readonly view: GridWindow;
  readonly assets: ScopeAssets;
  readonly previews: PreviewRequests;
  readonly speed: ScrollSpeed;
}

export function lookAt({ layout, view, assets, previews, speed }: LookInput): void {
  createEffect(() => {
    if (speed.blind()) return;
    const [first = { start: 0, end: 0 }, ...also] = rangesOf(layout(), view.rows());
    assets.look(first, also);
  });
  previews.show(() => {
    if (speed.fast()) return [];
    const seen = rangesOf(layout(), view.seenRows());
    const ids = seen.flatMap(({ start, end }) => assets.order().slice(start, end));
    return ids.filter((id) => {
      const asset = assets.tile(id);
      return asset !== undefined && isWaiting(asset);
    });
  });
}

/** Returns the positions in rows, without those of closed sections between them. */
function rangesOf(layout: GridLayout, { first, end }: RowRange): VisibleRange[] {
  const ranges: VisibleRange[] = [];
  for (let number = first; number < end; number++) {
    const row = layout.row(number);
    const before = ranges.at(-1);
    if (row === null) break;
    if (before?.end === row.start) ranges[ranges.length - 1] = { start: before.start, end: row.end };
    else ranges.push({ start: row.start, end: row.end });
  }
  return ranges;
}
