import { expect, test } from 'vitest';
import { fillGaps, standInRuns } from './fill-gaps.ts';

test('fillGaps shows the last frame again over a gap', () => {
  const proxyFrames = fillGaps([1001, 1002, 1005, 1006, 1008]) ?? [];
  expect(proxyFrames.map(({ index }) => index)).toEqual([0, 1, 1, 1, 2, 3, 3, 4]);
  expect(standInRuns(proxyFrames)).toEqual([
    [2, 3],
    [6, 6],
  ]);
});

test('fillGaps counts through zero, and accepts a sequence of one frame', () => {
  expect(fillGaps([-2, 1])?.map(({ standIn }) => standIn)).toEqual([false, true, true, false]);
  expect(fillGaps([7])).toEqual([{ index: 0, standIn: false }]);
});

test('fillGaps does not fill a gap that is caused by a misnamed file', () => {
  expect(fillGaps([1, 900_000])).toBeNull();
});
