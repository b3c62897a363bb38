import { expect, test } from 'vitest';
import { PoseGrid } from '../../../ui/poses/pose-grid.ts';
import { faceBins } from '../../../ui/poses/testing/face-bins.ts';
import { coverageCsv } from './coverage-csv.ts';

test('coverageCsv: writes the bins that have faces, with names that no spreadsheet takes for a formula', () => {
  const grid = new PoseGrid(10, faceBins(10, [{ yaw: -5, pitch: 12, count: 3, approved: 1 }]));
  expect(coverageCsv([{ name: '=ada, "the first"', grid }]).split('\r\n')).toEqual([
    'subject,yaw_from,yaw_to,pitch_from,pitch_to,faces,approved',
    `"'=ada, ""the first""",-10,0,10,20,3,1`,
    '',
  ]);
});
