/**
 * Which rows of a long list are on the screen, as a fixed set of slots that move: a row that scrolls out
 * at one end leaves its slot, and its elements, to the one that comes in at the other. Each slot has a
 * signal of its own, so that a scroll touches only the slots that move.
 */
import { type Accessor, batch, createComputed, createSignal, on, onCleanup, untrack } from 'solid-js';

/** Rows beside the screen on either side, so that a short scroll shows what is there already. */
const OVERSCAN = 3;
/** Screens a second from which on nobody sees a picture, and from which on not even a name. */
const FAST_SCREENS = 3;
const BLIND_SCREENS = 25;
const SETTLED_MS = 90;

export interface Slot {
  /** The row that it shows now; it may lie behind the last one. */
  readonly row: Accessor<number>;
}

export interface RecycledRows {
  readonly slots: Accessor<readonly Slot[]>;
  readonly firstRow: Accessor<number>;
  /** Without this one. */
  readonly endRow: Accessor<number>;
  /** Whether the list runs by too fast for pictures to be worth their loading. */
  readonly fast: Accessor<boolean>;
  /** Whether it runs by too fast for rows to be worth their reading. */
  readonly blind: Accessor<boolean>;
  /** For each scroll event. @param now milliseconds. */
  scrolled(top: number, now: number): void;
}

export interface RecycledRowsInput {
  readonly rowHeight: Accessor<number>;
  /** Pixels of the part that is seen. */
  readonly height: Accessor<number>;
}

interface MovingSlot extends Slot {
  readonly move: (row: number) => void;
}

export function createRecycledRows({ rowHeight, height }: RecycledRowsInput): RecycledRows {
  const [slots, setSlots] = createSignal<readonly MovingSlot[]>([]);
  const [firstRow, setFirstRow] = createSignal(0);
  const [fast, setFast] = createSignal(false);
  const [blind, setBlind] = createSignal(false);
  let before = { top: 0, now: 0 };
  let settle: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(settle));

  /** Each row from the first on goes to the slot of its number, so that a row that stays keeps its slot. */
  function place(list: readonly MovingSlot[]): void {
    const first = Math.max(0, Math.floor(before.top / rowHeight()) - OVERSCAN);
    list.forEach((slot, number) => {
      slot.move(first + ((((number - first) % list.length) + list.length) % list.length));
    });
    setFirstRow(first);
  }

  createComputed(
    on([rowHeight, height], () => {
      const count = Math.ceil(height() / rowHeight()) + 1 + 2 * OVERSCAN;
      const kept = untrack(slots).slice(0, count);
      const added = Array.from({ length: count - kept.length }, (): MovingSlot => {
        const [row, move] = createSignal(0);
        return { row, move };
      });
      batch(() => {
        const list = [...kept, ...added];
        place(list);
        setSlots(list);
      });
    }),
  );

  function settled(): void {
    batch(() => {
      setFast(false);
      setBlind(false);
    });
  }

  return {
    slots,
    firstRow,
    endRow: () => firstRow() + slots().length,
    fast,
    blind,
    scrolled(top, now) {
      const seconds = Math.max(1, now - before.now) / 1000;
      const screens = Math.abs(top - before.top) / Math.max(1, height()) / seconds;
      before = { top, now };
      clearTimeout(settle);
      settle = setTimeout(settled, SETTLED_MS);
      batch(() => {
        setFast(screens > FAST_SCREENS);
        setBlind(screens > BLIND_SCREENS);
        place(untrack(slots));
      });
    },
  };
}
