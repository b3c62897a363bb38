import type { PlacementEntry } from '@ingesthub/schema/library/placements.ts';
import { expect, test } from 'vitest';
import { placementOf } from './placement-of.ts';

const entry = (path: string): PlacementEntry => ({ path, subject: 'ada', camera: null, asset_type: 'raw', files: 1 });

test('placementOf: takes the longest entry that covers the file', () => {
  const entries = [entry(''), entry('A_CAM/'), entry('A_CAM/x.mov')];
  expect(placementOf(entries, 'A_CAM/x.mov')?.path).toBe('A_CAM/x.mov');
  expect(placementOf(entries, 'A_CAM/sub/y.mov')?.path).toBe('A_CAM/');
  expect(placementOf(entries, 'B_CAM/y.mov')?.path).toBe('');
});

test('placementOf: covers whole folders only, and may find none', () => {
  expect(placementOf([entry('A_CAM/')], 'A_CAM2/x.mov')).toBeNull();
  expect(placementOf([entry('x.mov')], 'x.mov.xmp')).toBeNull();
});
