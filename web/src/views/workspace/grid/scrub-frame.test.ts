import { expect, test } from 'vitest';
import { containedIn, scrubFrame } from './scrub-frame.ts';

test('scrubFrame: goes through the sprite line by line', () => {
  expect(scrubFrame(0)).toEqual({ column: 0, line: 0 });
  expect(scrubFrame(0.095)).toEqual({ column: 9, line: 0 });
  expect(scrubFrame(0.5)).toEqual({ column: 0, line: 5 });
  expect(scrubFrame(1)).toEqual({ column: 9, line: 9 });
  expect(scrubFrame(-0.2)).toEqual({ column: 0, line: 0 });
});

test('containedIn: centres the whole picture in its box', () => {
  expect(containedIn({ width: 200, height: 200 }, { width: 160, height: 90 })).toEqual({
    left: 0,
    top: 43.75,
    width: 200,
    height: 112.5,
  });
});
