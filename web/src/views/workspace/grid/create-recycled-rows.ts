/**
 * Recycles the rows that a virtualiser shows: a row that scrolls out at one end passes its slot, with its
 * elements, to the row that comes in at the other end. Each slot has its own signal, so that a scroll updates
 * only the slots that move.
 */
import { type Accessor, batch, createComputed, createMemo, createSignal, untrack } from 'solid-js';

export interface Slot {
  /** The row that the slot shows; it may lie beyond the last requested row. */
  readonly row: Accessor<number>;
}

interface MovingSlot extends Slot {
  readonly move: (row: number) => void;
}

/** @param shown consecutive rows, as a virtualiser lists them. */
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

/** Assigns each row to the slot with its number modulo the slots, so that a row that stays keeps its slot. */
function rowOf(slot: number, first: number, slots: number): number {
  return first + ((((slot - first) % slots) + slots) % slots);
}
