import { expect, test } from 'vitest';
import { describeRegion, heatOf, PoseGrid } from './pose-grid.ts';

/** Counts as the mirror answers them, with one face at each of these angles. */
function counts(degrees: 10 | 5 | 2.5, ...faces: [yaw: number, pitch: number][]): Uint32Array {
  const bins = new Uint32Array((360 / degrees) * (180 / degrees));
  for (const [yaw, pitch] of faces) {
    const at = Math.floor((pitch + 90) / degrees) * (360 / degrees) + Math.floor((yaw + 180) / degrees);
    bins[at] = (bins[at] ?? 0) + 1;
  }
  return bins;
}

test.each([10, 5, 2.5] as const)('PoseGrid: counts faces in bins of %d degrees and in regions', (degrees) => {
  const grid = new PoseGrid(degrees, counts(degrees, [-29, 11], [-29, 11], [0, 0], [100, 0]));
  expect([grid.total, grid.most]).toEqual([4, 2]);
  const at = grid.binAt((-29 + 90) / 180, 1 - (11 + 60) / 120);
  expect(grid.countAt(at)).toBe(2);
  const { yaw, pitch } = grid.regionOf(at);
  expect(yaw[0] <= -29 && -29 < yaw[1] && pitch[0] <= 11 && 11 < pitch[1]).toBe(true);
  expect(grid.countIn({ yaw: [-40, 10], pitch: [-10, 20] })).toBe(3);
  expect(grid.countIn({ yaw: [-40, 0], pitch: [-10, 20] })).toBe(2);
});

test('PoseGrid: shows counts of the new bins only when they have come', () => {
  const grid = new PoseGrid(5, counts(10, [0, 0]));
  expect([grid.total, grid.most]).toEqual([0, 0]);
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

test('heatOf: rises with the count, and keeps the lowest step for none', () => {
  const steps = [0, 1, 2, 10, 100, 1000].map((count) => heatOf(count, 1000));
  expect(steps).toEqual([0, 1, 2, 3, 7, 10]);
  expect(heatOf(1, 1_000_000)).toBe(1);
  expect(heatOf(0, 0)).toBe(0);
});

test('describeRegion: writes true minus signs', () => {
  expect(describeRegion({ yaw: [-40, 0], pitch: [-2.5, 20] })).toBe('Yaw −40° to 0°, pitch −2.5° to +20°');
});
