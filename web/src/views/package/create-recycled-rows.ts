/**
 * The rows that a virtualiser shows, as slots that move: a row that scrolls out at one end leaves its slot,
 * and its elements, to the one that comes in at the other. Each slot has a signal of its own, so that a
 * scroll touches only the slots that move.
 */
import { type Accessor, batch, createComputed, createMemo, createSignal, untrack } from 'solid-js';

export interface Slot {
  /** The row that it shows now; it may lie behind the last one that is asked for. */
  readonly row: Accessor<number>;
}

interface MovingSlot extends Slot {
  readonly move: (row: number) => void;
}

/** @param shown rows that follow one another, as a virtualiser lists them. */
export function createRecycledRows(shown: Accessor<readonly { readonly index: number }[]>): Accessor<readonly Slot[]> {
  const first = createMemo(() => shown()[0]?.index ?? 0);
  const most = createMemo<number>((before) => Math.max(before, shown().length), 0);

  const slots = createMemo<readonly MovingSlot[]>((before) => {
    const added = Array.from({ length: most() - before.length }, (_, number): MovingSlot => {
      const [row, move] = createSignal(untrack(() => rowOf(before.length + number, first(), most())));
      return { row, move };
    });
    return [...before, ...added];
  }, []);

  createComputed(() => {
    const list = slots();
    const top = first();
    batch(() => {
      list.forEach((slot, number) => {
        slot.move(rowOf(number, top, list.length));
      });
    });
  });
  return slots;
}

/** Every row from the first on goes to the slot of its number, so that a row that stays keeps its slot. */
function rowOf(slot: number, first: number, slots: number): number {
  return first + ((((slot - first) % slots) + slots) % slots);
}
