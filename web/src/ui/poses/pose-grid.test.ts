import { expect, test } from 'vitest';
import { describeRegion, PoseGrid } from './pose-grid.ts';
import { faceBins } from './testing/face-bins.ts';

test.each([10, 5, 2.5] as const)('PoseGrid: counts faces in bins of %d degrees and in regions', (degrees) => {
  const grid = new PoseGrid(
    degrees,
    faceBins(degrees, [
      { yaw: -29, pitch: 11, count: 2, approved: 1 },
      { yaw: 0, pitch: 0 },
      { yaw: 100, pitch: 0 },
    ]),
  );
  expect([grid.total, grid.most]).toEqual([4, 2]);
  const at = grid.binAt((-29 + 90) / 180, 1 - (11 + 60) / 120);
  expect(grid.countAt(at)).toBe(2);
  const { yaw, pitch } = grid.regionOf(at);
  expect(yaw[0] <= -29 && -29 < yaw[1] && pitch[0] <= 11 && 11 < pitch[1]).toBe(true);
  expect(grid.countIn({ yaw: [-40, 10], pitch: [-10, 20] })).toBe(3);
  expect(grid.countIn({ yaw: [-40, 0], pitch: [-10, 20] })).toBe(2);
  expect([grid.approvedAt(at), grid.sharpnessAt(at), grid.sharpestAt(at)]).toEqual([1, null, null]);
});

test('PoseGrid: shows counts of the new bins only when they have come', () => {
  const grid = new PoseGrid(5, faceBins(10, [{ yaw: 0, pitch: 0 }]));
  expect([grid.known, grid.total, grid.most]).toEqual([false, 0, 0]);
  expect(new PoseGrid(10, null).total).toBe(0);
});

test('PoseGrid: turns bins into regions, regions into boxes, and points into bins', () => {
  const grid = new PoseGrid(10, null);
  const region = grid.regionOf({ x: 8, y: 7 }, { x: 5, y: 5 });
  expect(region).toEqual({ yaw: [-40, 0], pitch: [-10, 20] });
  const box = grid.boxOf(region);
  expect(grid.binAt(box.left + 0.001, box.top + 0.001)).toEqual({ x: 5, y: 7 });
  expect(grid.binAt(box.left + box.width - 0.001, box.top + box.height - 0.001)).toEqual({ x: 8, y: 5 });
  expect(grid.boxOf({ yaw: [-180, 180], pitch: [-90, 90] })).toEqual({ left: 0, top: 0, width: 1, height: 1 });
  expect([grid.binAt(-1, -1), grid.binAt(2, 2)]).toEqual([
    { x: 0, y: 11 },
    { x: 17, y: 0 },
  ]);
  expect(grid.step({ x: 0, y: 11 }, -1, 1)).toEqual({ x: 0, y: 11 });
});

test('describeRegion: writes true minus signs', () => {
  expect(describeRegion({ yaw: [-40, 0], pitch: [-2.5, 20] })).toBe('Yaw −40° to 0°, pitch −2.5° to +20°');
});
