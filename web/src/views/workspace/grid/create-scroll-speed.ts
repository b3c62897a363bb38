/** Classifies the scroll speed of a list, to decide what is worth fetching. */
import { type Accessor, batch, createSignal } from 'solid-js';

/** Screens a second above which pictures cannot be seen, and above which not even names can. */
const FAST_SCREENS = 3;
const BLIND_SCREENS = 25;
/** After a pause this long, a step is a jump, as by the End key or a click on the scroll bar: its target counts at once. */
const PAUSE_MS = 150;

export interface ScrollSpeed {
  /** Whether the list moves too fast for pictures to be worth loading. */
  readonly fast: Accessor<boolean>;
  /** Whether the list moves too fast for rows to be worth reading. */
  readonly blind: Accessor<boolean>;
  /** Call for each scroll event. @param top and `height` of the visible part in pixels. @param now milliseconds. */
  moved(top: number, height: number, now: number): void;
  /** Call when scrolling has stopped. */
  rested(): void;
}

export function createScrollSpeed(): ScrollSpeed {
  const [fast, setFast] = createSignal(false);
  const [blind, setBlind] = createSignal(false);
  let before = { top: 0, now: 0 };

  function show(screens: number): void {
    batch(() => {
      setFast(screens > FAST_SCREENS);
      setBlind(screens > BLIND_SCREENS);
    });
  }

  return {
    fast,
    blind,
    moved(top, height, now) {
      const passed = Math.max(1, now - before.now);
      show(passed > PAUSE_MS ? 0 : Math.abs(top - before.top) / Math.max(1, height) / (passed / 1000));
      before = { top, now };
    },
    rested: () => show(0),
  };
}
