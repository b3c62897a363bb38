import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { createRecycledRows } from './create-recycled-rows.ts';

const rowsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, number) => ({ index: first + number }));

test('createRecycledRows: gives every shown row one slot, which keeps the row until it leaves', () => {
  createRoot((dispose) => {
    const [shown, setShown] = createSignal(rowsFrom(0, 8));
    const slots = createRecycledRows(shown);
    const rows = () => slots().map((slot) => slot.row());
    const kept = new Set(slots());
    let before = rows();
    for (let first = 1; first < 100; first += 1) {
      // The last row is on the screen only every other time.
      const now = rowsFrom(first, 8 - (first % 2));
      setShown(now);
      const after = rows();
      expect(new Set(after).size).toBe(8);
      expect(after).toEqual(expect.arrayContaining(now.map(({ index }) => index)));
      expect(after.filter((row, slot) => row !== before[slot])).toHaveLength(1);
      before = after;
    }
    expect(new Set(slots())).toEqual(kept);
    dispose();
  });
});

test('createRecycledRows: adds slots for more rows, never assigns a row twice, and moves all slots on a jump', () => {
  createRoot((dispose) => {
    const [shown, setShown] = createSignal(rowsFrom(0, 0));
    const slots = createRecycledRows(shown);
    const rows = () =>
      slots()
        .map((slot) => slot.row())
        .toSorted((a, b) => a - b);
    expect(rows()).toEqual([]);
    setShown(rowsFrom(5, 3));
    expect(rows()).toEqual([5, 6, 7]);
    setShown(rowsFrom(2, 5));
    expect(rows()).toEqual([2, 3, 4, 5, 6]);
    setShown(rowsFrom(9000, 4));
    expect(rows()).toEqual([9000, 9001, 9002, 9003, 9004]);
    dispose();
  });
});
