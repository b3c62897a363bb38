import { expect, test } from 'vitest';
import { createScrollSpeed } from './create-scroll-speed.ts';

test('createScrollSpeed: is fast above the speed for viewing pictures, blind above the speed for reading names', () => {
  const speed = createScrollSpeed();
  const seen = (top: number, now: number) => {
    speed.moved(top, 500, now);
    return [speed.fast(), speed.blind()];
  };
  seen(0, 1000);
  expect(seen(20, 1016)).toEqual([false, false]);
  expect(seen(2000, 1032)).toEqual([true, true]);
  expect(seen(2040, 1048)).toEqual([true, false]);
  // A jump after a pause: people want to see its target.
  expect(seen(90_000, 1300)).toEqual([false, false]);
  expect(seen(99_000, 1316)).toEqual([true, true]);
  speed.rested();
  expect([speed.fast(), speed.blind()]).toEqual([false, false]);
});
