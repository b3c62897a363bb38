/**
 * Maps the scroll bar of a list that is taller than browsers can draw. Elements lie badly beyond some millions of
 * pixels, and not at all beyond 17 to 33 million, so such a list scrolls in a shorter element: near its ends pixel by
 * pixel, and in between in proportion.
 */

/** The tallest element in pixels whose parts still lie on whole pixels when they are drawn. */
const TALLEST = 8_000_000;
/** Pixels at either end that are mapped one to one. */
const END = 20_000;

export interface ScrollScale {
  /** The height of the element that scrolls. */
  readonly height: number;
  /** Whether positions and places differ at all. */
  readonly scaled: boolean;
  /** Returns the position in the list for a scroll position. */
  positionOf(scrollTop: number): number;
  /** Returns the scroll position for a position in the list. */
  scrollTopOf(position: number): number;
}

/** @param height of the list in pixels. @param screen the visible part's height. */
export function scrollScale(height: number, screen: number): ScrollScale {
  if (height <= TALLEST) {
    return { height, scaled: false, positionOf: (scrollTop) => scrollTop, scrollTopOf: (position) => position };
  }
  const longest = height - screen;
  const shortest = TALLEST - screen;
  const factor = (longest - 2 * END) / (shortest - 2 * END);
  return {
    height: TALLEST,
    scaled: true,
    positionOf(scrollTop) {
      if (scrollTop <= END) return scrollTop;
      if (scrollTop >= shortest - END) return longest - (shortest - scrollTop);
      return END + (scrollTop - END) * factor;
    },
    scrollTopOf(position) {
      if (position <= END) return position;
      if (position >= longest - END) return shortest - (longest - position);
      return END + (position - END) / factor;
    },
  };
}
