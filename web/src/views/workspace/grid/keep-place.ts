/** Keeps what a person looks at in its place when tiles change their size, and begins a new list at its top. */
import { createEffect, on, untrack } from 'solid-js';
import type { GridWindow } from './create-grid-window.ts';
import type { GridLayout } from './grid-layout.ts';

export interface PlaceInput {
  readonly layout: () => GridLayout;
  readonly view: GridWindow;
  readonly focusIndex: () => number;
  readonly loading: () => boolean;
}

export function keepPlace({ layout, view, focusIndex, loading }: PlaceInput): void {
  createEffect(
    on(layout, (now, before) => {
      if (before === undefined || !isReshaped(before, now)) return;
      const position = untrack(view.position);
      if (position === 0) return;
      const anchor = anchorIn(before, position, untrack(view.height), untrack(focusIndex));
      view.scrollTo(now.extentOf(anchor).top - (before.extentOf(anchor).top - position));
    }),
  );
  // A new filter or sort starts at the top; a change of data does not scroll.
  createEffect(
    on(loading, (isLoading, before) => {
      if (before === true && !isLoading && untrack(view.position) !== 0) view.scrollTo(0);
    }),
  );
}

function isReshaped(before: GridLayout, now: GridLayout): boolean {
  return before.columns !== now.columns || before.sections[0]?.rowHeight !== now.sections[0]?.rowHeight;
}

/** Returns the focused asset while it is on the screen, else the first on the screen. */
function anchorIn(layout: GridLayout, position: number, height: number, focused: number): number {
  const { top, bottom } = layout.extentOf(focused);
  if (bottom > position && top < position + height) return focused;
  return layout.row(layout.rowAt(position))?.start ?? 0;
}
