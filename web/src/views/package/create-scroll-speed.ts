/** How fast a list runs by, as far as it matters for what is worth fetching. */
import { type Accessor, batch, createSignal } from 'solid-js';

/** Screens a second from which on nobody sees a picture, and from which on not even a name. */
const FAST_SCREENS = 3;
const BLIND_SCREENS = 25;

export interface ScrollSpeed {
  /** Whether it is too fast for pictures to be worth their loading. */
  readonly fast: Accessor<boolean>;
  /** Whether it is too fast for rows to be worth their reading. */
  readonly blind: Accessor<boolean>;
  /** For each scroll event. @param top and `height` of what is seen in pixels. @param now milliseconds. */
  moved(top: number, height: number, now: number): void;
  /** When the scrolling is over. */
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
      const seconds = Math.max(1, now - before.now) / 1000;
      show(Math.abs(top - before.top) / Math.max(1, height) / seconds);
      before = { top, now };
    },
    rested: () => show(0),
  };
}
