import { expect, test } from 'vitest';
import { existingFrames, frameList, missingFrames } from './frame-list.ts';

test.each([
  [[1, 2, 3], null],
  [[1, 3], '2'],
  [[1001, 1002, 1004, 1015], '1003,1005-1014'],
  [[-5, -2, 0, 3], '-4--3,-1,1-2'],
  [[-2147483648, 2147483647], '-2147483647-2147483646'],
])('existingFrames returns the frames given to missingFrames: %j', (frames, text) => {
  expect(missingFrames(frames)).toBe(text);
  expect(existingFrames(frames[0] ?? 0, frames.at(-1) ?? 0, text)).toEqual(frames);
});

test('existingFrames is the inverse of missingFrames for any frames', () => {
  for (let round = 0; round < 300; round += 1) {
    // Subsets of the frames around 0, thinned differently in each round.
    const frames = Array.from({ length: 40 }, (_, index) => index - 20).filter(
      (frame) => (Math.imul(frame + 21, 2654435761 + round * 40503) >>> 8) % 3 !== round % 3,
    );
    expect(existingFrames(frames[0] ?? 0, frames.at(-1) ?? -1, missingFrames(frames))).toEqual(frames);
  }
});

test.each([
  [[], null],
  [[7], '7'],
  [[-3, -2, -1, 7, 10, 11, 12, 13, 14], '-3--1,7,10-14'],
  [[1, 3, 5], '1,3,5'],
])('frameList(%j) is %s', (frames, text) => expect(frameList(frames)).toBe(text));

test.each(['two', '', '3-1', '5,4', '4,4', '1-', '1--', '1,,2', '1.5', ' 1'])('existingFrames rejects “%s”', (text) => {
  expect(() => existingFrames(1, 9, text)).toThrow(`not a frame list: ${text}`);
});
