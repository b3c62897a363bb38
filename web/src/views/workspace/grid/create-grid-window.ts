/** The part of a grid that is on the screen: which rows and sections to show where, and how to scroll to others. */
import { type Accessor, batch, createMemo, createSignal, onCleanup, untrack } from 'solid-js';
import type { GridLayout, PlacedSection } from './grid-layout.ts';
import { type ScrollScale, scrollScale } from './scroll-scale.ts';

/** Rows rendered beyond either edge of the screen, so that a short scroll shows finished tiles. */
const OVERSCAN = 2;
/** Milliseconds without a scroll event after which the scrolling has stopped. */
const SETTLED_MS = 90;
/** Screens by which one event moves a list whose scroll bar is dragged, and not its content. */
const JUMP_SCREENS = 2;

export interface RowRange {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

export interface GridWindow {
  readonly height: Accessor<number>;
  /** The scroll position in the layout. Changes with every frame of scrolling. */
  readonly position: Accessor<number>;
  /** The rows on the screen and a few more. */
  readonly rows: Accessor<RowRange>;
  readonly seenRows: Accessor<RowRange>;
  readonly sections: Accessor<readonly PlacedSection[]>;
  readonly scale: Accessor<ScrollScale>;
  /** Returns where to draw what is at a position of the layout. */
  place(position: number): number;
  scrollTo(position: number): void;
  /** Scrolls as little as needed to show an asset's row below its section's header. */
  reveal(index: number): void;
  onScroll(event: Event): void;
}

export interface GridWindowInput {
  readonly scroller: () => HTMLElement;
  /** The height of the visible part. */
  readonly height: Accessor<number>;
  readonly layout: Accessor<GridLayout>;
  /** Called before the rows of a new position are known. @param time of the scroll event. */
  readonly onMove: (position: number, screen: number, time: number) => void;
  readonly onRest: () => void;
}

export function createGridWindow({ scroller, height, layout, onMove, onRest }: GridWindowInput): GridWindow {
  const [position, setPosition] = createSignal(0);
  /** How much farther down the layout is than its drawing. */
  const [shift, setShift] = createSignal(0);
  const scale = createMemo(() => scrollScale(layout().height, height()));
  let scrollTop = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;

  onCleanup(() => clearTimeout(resting));

  const equals = (a: RowRange, b: RowRange) => a.first === b.first && a.end === b.end;
  const seenRows = createMemo<RowRange>(
    () => {
      const first = layout().rowAt(position());
      return { first, end: Math.min(layout().rows, layout().rowAt(position() + height()) + 1) };
    },
    { first: 0, end: 0 },
    { equals },
  );
  const rows = createMemo<RowRange>(
    () => ({
      first: Math.max(0, seenRows().first - OVERSCAN),
      end: Math.min(layout().rows, seenRows().end + OVERSCAN),
    }),
    { first: 0, end: 0 },
    { equals },
  );
  const sections = createMemo<readonly PlacedSection[]>(
    () => layout().sectionsWithin(position(), position() + height()),
    [],
    { equals: (a, b) => a.length === b.length && a.every((one, at) => one === b[at]) },
  );

  function onScroll(event: Event): void {
    const { scaled, height: drawn, positionOf } = scale();
    const before = scrollTop;
    scrollTop = scroller().scrollTop;
    const screen = height();
    let next = scrollTop;
    if (scaled) {
      const isJump = Math.abs(scrollTop - before) > JUMP_SCREENS * screen;
      const isEnd = scrollTop <= 0 || scrollTop >= drawn - screen;
      next = isJump || isEnd ? positionOf(scrollTop) : scrollTop + untrack(shift);
    }
    batch(() => {
      onMove(next, screen, event.timeStamp);
      setShift(next - scrollTop);
      setPosition(next);
    });
    clearTimeout(resting);
    resting = setTimeout(rest, SETTLED_MS);
  }

  function rest(): void {
    onRest();
    // The scroll bar shows the true place again, and there is room to scroll on.
    if (scale().scaled) scrollTo(untrack(position));
  }

  function scrollTo(wanted: number): void {
    const { scrollTopOf } = scale();
    const target = Math.max(0, Math.min(wanted, layout().height - height()));
    const to = Math.round(scrollTopOf(target));
    if (to !== scrollTop) scroller().scrollTop = to;
    scrollTop = to;
    batch(() => {
      setShift(Math.round(target) - to);
      setPosition(Math.round(target));
    });
  }

  return {
    height,
    position,
    rows,
    seenRows,
    sections,
    scale,
    place: (at) => at - shift(),
    scrollTo,
    reveal(index) {
      const { top, bottom } = layout().extentOf(index);
      const start = untrack(position) + layout().header;
      if (top < start) scrollTo(top - layout().header);
      else if (bottom > start - layout().header + height()) scrollTo(bottom - height());
    },
    onScroll,
  };
}
