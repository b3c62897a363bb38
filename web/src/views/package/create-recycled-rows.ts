/**
 * Which rows of a long list are on the screen, as a fixed set of slots that move: a row that scrolls out
 * at one end leaves its slot, and its elements, to the one that comes in at the other.
 */
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js';

/** Rows beside the screen on either side, so that a short scroll shows what is there already. */
const OVERSCAN = 3;
/** Screens a second from which on nobody sees a picture. */
const FAST_SCREENS = 6;
const SETTLED_MS = 90;

export interface RecycledRows {
  /** Slot numbers, from 0. */
  readonly slots: Accessor<readonly number[]>;
  /** The row that a slot shows now; it may lie behind the last one. */
  rowOf(slot: number): number;
  readonly firstRow: Accessor<number>;
  /** Without this one. */
  readonly endRow: Accessor<number>;
  /** Whether the list runs by too fast for pictures to be worth their loading. */
  readonly fast: Accessor<boolean>;
  /** For each scroll event. @param now milliseconds. */
  scrolled(top: number, now: number): void;
}

export interface RecycledRowsInput {
  readonly rowHeight: Accessor<number>;
  /** Pixels of the part that is seen. */
  readonly height: Accessor<number>;
}

export function createRecycledRows({ rowHeight, height }: RecycledRowsInput): RecycledRows {
  const [top, setTop] = createSignal(0);
  const [fast, setFast] = createSignal(false);
  let before = { top: 0, now: 0 };
  let settle: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(settle));

  const count = createMemo(() => Math.ceil(height() / rowHeight()) + 1 + 2 * OVERSCAN);
  const firstRow = createMemo(() => Math.max(0, Math.floor(top() / rowHeight()) - OVERSCAN));
  const slots = createMemo(() => Array.from({ length: count() }, (_, slot) => slot));
  return {
    slots,
    firstRow,
    endRow: () => firstRow() + count(),
    rowOf(slot) {
      const first = firstRow();
      return first + ((((slot - first) % count()) + count()) % count());
    },
    fast,
    scrolled(newTop, now) {
      const screens = Math.abs(newTop - before.top) / Math.max(1, height());
      const seconds = Math.max(1, now - before.now) / 1000;
      before = { top: newTop, now };
      clearTimeout(settle);
      settle = setTimeout(() => setFast(false), SETTLED_MS);
      setFast(screens / seconds > FAST_SCREENS);
      setTop(newTop);
    },
  };
}
