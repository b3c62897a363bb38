import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { createRecycledRows } from './create-recycled-rows.ts';

test('createRecycledRows: every row on the screen has one slot, and a slot keeps its row until that has left', () => {
  createRoot((dispose) => {
    const rows = createRecycledRows({ rowHeight: () => 100, height: () => 450 });
    const shown = () => rows.slots().map((slot) => slot.row());
    let before = shown();
    for (let top = 0, now = 0; top <= 6000; top += 70, now += 1000) {
      rows.scrolled(top, now);
      const after = shown();
      expect(new Set(after).size).toBe(rows.slots().length);
      for (let row = Math.floor(top / 100); row * 100 < top + 450; row += 1) expect(after).toContain(row);
      expect(after.filter((row, slot) => row !== before[slot]).length).toBeLessThanOrEqual(1);
      before = after;
    }
    dispose();
  });
});

test('createRecycledRows: fast is more than a person can look at', () => {
  createRoot((dispose) => {
    const rows = createRecycledRows({ rowHeight: () => 100, height: () => 500 });
    rows.scrolled(0, 1000);
    rows.scrolled(20, 1016);
    expect(rows.fast()).toBe(false);
    rows.scrolled(2000, 1032);
    expect([rows.fast(), rows.blind()]).toEqual([true, true]);
    rows.scrolled(2040, 1048);
    expect([rows.fast(), rows.blind()]).toEqual([true, false]);
    dispose();
  });
});
