import { expect, test } from 'vitest';
import type { PoseRegion } from './key-values.ts';
import { readRegions, withRegions } from './pose-regions.ts';

const left: PoseRegion = { yaw: [-40, 0], pitch: [-10, 20] };
const right: PoseRegion = { yaw: [30, 50], pitch: [-2.5, 10] };

test.each<[text: string, regions: PoseRegion[], written: string]>([
  ['', [left], 'pose:-40..0,-10..20'],
  ['-status:rejected hero', [left], 'pose:-40..0,-10..20 -status:rejected hero'],
  ['pose:1..2,3..4 hero', [left, right], '(pose:-40..0,-10..20 or pose:30..50,-2.5..10) hero'],
  ['hero (pose:1..2,3..4 or pose:5..6,7..8) tag:a', [right], 'pose:30..50,-2.5..10 hero tag:a'],
  ['(pose:1..2,3..4 or pose:5..6,7..8)', [], ''],
  ['name:pose:x hero', [], 'name:pose:x hero'],
  ['hero or tag:a', [left], 'pose:-40..0,-10..20 (hero or tag:a)'],
])('withRegions: replaces the regions of %j, and readRegions reads them again', (text, regions, written) => {
  const next = withRegions(text, regions);
  expect(next).toBe(written);
  expect(readRegions(next)).toEqual(regions);
  expect(withRegions(next, regions)).toBe(next);
});

test('readRegions: leaves out what is no region to select', () => {
  expect(readRegions('-pose:1..2,3..4 pose:x yaw:1..2')).toEqual([]);
});
