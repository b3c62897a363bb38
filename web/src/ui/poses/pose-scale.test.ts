import { expect, test } from 'vitest';
import { PoseGrid } from './pose-grid.ts';
import { describeBins, formatSharpness, heatOf, poseScale } from './pose-scale.ts';
import { faceBins } from './testing/face-bins.ts';

const grid = new PoseGrid(
  10,
  faceBins(10, [
    { yaw: 5, pitch: 5, count: 1000, approved: 250, sharpness: 80 },
    { yaw: 15, pitch: 5, count: 10, approved: 10, sharpness: 200 },
    { yaw: 25, pitch: 5, count: 10 },
  ]),
);
const [frontal, right, unmeasured, none] = [5, 15, 25, 35].map((yaw) => grid.binAt((yaw + 90) / 180, 0.45)) as [
  { x: number; y: number },
  { x: number; y: number },
  { x: number; y: number },
  { x: number; y: number },
];

test.each([
  ['count', [10, 3, 3, 0], '0', '1,000'],
  ['approved', [3, 10, 1, 0], '0%', '100%'],
  ['sharpness', [1, 10, 0, 0], '80', '200'],
] as const)('poseScale: gives bins without a value the lowest step, by %s', (mode, steps, from, to) => {
  const scale = poseScale(grid, mode);
  expect([frontal, right, unmeasured, none].map(scale.stepOf)).toEqual(steps);
  expect([scale.from, scale.to]).toEqual([from, to]);
});

test('poseScale: names no ends where no sharpness is known', () => {
  const scale = poseScale(new PoseGrid(10, faceBins(10, [{ yaw: 5, pitch: 5 }])), 'sharpness');
  expect([scale.from, scale.to, scale.stepOf(frontal)]).toEqual(['–', '–', 0]);
});

test('heatOf: rises with the count, and keeps the lowest step for none', () => {
  const steps = [0, 1, 2, 10, 100, 1000].map((count) => heatOf(count, 1000));
  expect(steps).toEqual([0, 1, 2, 3, 7, 10]);
  expect(heatOf(1, 1_000_000)).toBe(1);
  expect(heatOf(0, 0)).toBe(0);
});

test('describeBins: tells the sharpness of a single bin only', () => {
  expect(describeBins(grid, [frontal])).toBe('1,000 faces · 250 approved · median sharpness 80');
  expect(describeBins(grid, [frontal, right])).toBe('1,010 faces · 260 approved');
  expect(describeBins(grid, [none])).toBe('0 faces');
});

test('formatSharpness: keeps three digits', () => {
  expect([12.3456, 0.01234, 312.4, null].map(formatSharpness)).toEqual(['12.3', '0.0123', '312', '–']);
});
