import { expect, test } from 'vitest';
import { frameSlots, heldRuns } from './frame-slots.ts';

test('frameSlots holds the last frame over a gap', () => {
  const slots = frameSlots([1001, 1002, 1005, 1006, 1008]) ?? [];
  expect(slots.map(({ index }) => index)).toEqual([0, 1, 1, 1, 2, 3, 3, 4]);
  expect(heldRuns(slots)).toEqual([
    [2, 3],
    [6, 6],
  ]);
});

test('frameSlots counts through zero, and accepts a sequence of one frame', () => {
  expect(frameSlots([-2, 1])?.map(({ held }) => held)).toEqual([false, true, true, false]);
  expect(frameSlots([7])).toEqual([{ index: 0, held: false }]);
});

test('frameSlots does not hold a gap that is caused by a misnamed file', () => {
  expect(frameSlots([1, 900_000])).toBeNull();
});
