import { expect, test } from 'vitest';
import { poseDifference } from './pose-difference.ts';
import { PoseGrid } from './pose-grid.ts';
import { faceBins } from './testing/face-bins.ts';

const many = new PoseGrid(
  10,
  faceBins(10, [
    { yaw: 5, pitch: 5, count: 900 },
    { yaw: 15, pitch: 5, count: 100 },
  ]),
);
const few = new PoseGrid(10, faceBins(10, [{ yaw: 15, pitch: 5, count: 2 }]));

test('poseDifference: compares shares, whatever the sizes', () => {
  const difference = poseDifference(many, few);
  expect(difference?.at({ x: 9, y: 6 })).toBeCloseTo(0.9);
  expect(difference?.at({ x: 10, y: 6 })).toBeCloseTo(-0.9);
  expect(difference?.at({ x: 0, y: 0 })).toBe(0);
  expect(difference?.most).toBeCloseTo(0.9);
});

test('poseDifference: knows nothing unless both have faces in bins of one width', () => {
  expect(poseDifference(many, new PoseGrid(10, null))).toBeNull();
  expect(poseDifference(many, new PoseGrid(5, faceBins(5, [{ yaw: 5, pitch: 5 }])))).toBeNull();
});
