import { expect, test } from 'vitest';
import { listColumns } from './list-columns.ts';

const labels = (types: string[], faces: boolean) => listColumns(new Set(types), faces).map(({ label }) => label);

test('listColumns: leaves out what no asset of these types has', () => {
  const stills = labels(['image'], true);
  expect(stills).toContain('Yaw');
  expect(stills).not.toContain('Duration');
  expect(stills).not.toContain('Frames');
  const clips = labels(['video', 'audio'], false);
  expect(clips).toContain('Duration');
  expect(clips).not.toContain('Yaw');
});

test('listColumns: has each sort once', () => {
  const sorts = listColumns(new Set(['video', 'image', 'sequence', 'audio', 'other']), true).flatMap(
    ({ sort }) => sort ?? [],
  );
  expect(sorts.toSorted()).toEqual(['date', 'duration', 'name', 'pose', 'sharpness', 'size', 'status']);
});
