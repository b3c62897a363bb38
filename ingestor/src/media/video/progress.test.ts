import { expect, test } from 'vitest';
import { parseProgress } from './progress.ts';

test('parseProgress uses the last value of each key', () => {
  expect(parseProgress('frame=10\ndup_frames=0\nprogress=continue\nframe=  25\ndup_frames=2\nprogress=end\n')).toEqual({
    frames: 25,
    repeated: 2,
  });
  expect(parseProgress('')).toEqual({ frames: 0, repeated: 0 });
});
