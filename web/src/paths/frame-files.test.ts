import { expect, test } from 'vitest';
import { filesOf, framePattern } from './frame-files.ts';

const single = { path: 'a/b.mov', first_frame: null, last_frame: null, missing_frames: null };

test('filesOf: yields the frames that are on disk', () => {
  const sequence = { path: 'p/sh.####.exr', first_frame: 998, last_frame: 1003, missing_frames: '999,1001-1002' };
  expect([...filesOf(sequence)]).toEqual(['p/sh.0998.exr', 'p/sh.1000.exr', 'p/sh.1003.exr']);
});

test('filesOf: yields the only file of an asset, even if its name has a #', () => {
  expect([...filesOf(single)]).toEqual(['a/b.mov']);
  expect([...filesOf({ ...single, path: 'take #1.mov' })]).toEqual(['take #1.mov']);
});

test('filesOf: writes negative frames with the sign inside or outside the padding', () => {
  const negative = { first_frame: -2, last_frame: 1, missing_frames: null };
  expect([...filesOf({ ...negative, path: 'a.-###.exr' })]).toEqual([
    'a.-002.exr',
    'a.-001.exr',
    'a.0000.exr',
    'a.0001.exr',
  ]);
  expect([...filesOf({ ...negative, path: 'a.####.exr' })][0]).toBe('a.-0002.exr');
});

test('filesOf: keeps a dash before a number that is never negative', () => {
  expect([...filesOf({ path: 'shot-##.exr', first_frame: 1, last_frame: 2, missing_frames: null })]).toEqual([
    'shot-01.exr',
    'shot-02.exr',
  ]);
});

test('framePattern: writes the number as players read it', () => {
  expect(framePattern({ path: 'p/sh.####.exr', first_frame: 1 })).toBe('p/sh.%04d.exr');
  expect(framePattern({ path: 'p/sh.#.exr', first_frame: 1 })).toBe('p/sh.%d.exr');
  expect(framePattern({ path: 'take #1.mov', first_frame: null })).toBe('take #1.mov');
});
