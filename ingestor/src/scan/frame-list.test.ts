import { expect, test } from 'vitest';
import { existingFrames, missingFrames } from './frame-list.ts';

test.each([
  [[1, 2, 3], null],
  [[1, 3], '2'],
  [[1001, 1002, 1004, 1015], '1003,1005-1014'],
])('existingFrames gives back the frames that missingFrames was told: %j', (frames, text) => {
  expect(missingFrames(frames)).toBe(text);
  expect(existingFrames(frames[0] ?? 0, frames.at(-1) ?? 0, text)).toEqual(frames);
});

test('existingFrames refuses text that is no frame list', () => {
  expect(() => existingFrames(1, 3, 'two')).toThrow('not a frame list: two');
});
