import { expect, test } from 'vitest';
import { proxySize, tileSize } from './picture-size.ts';

test.each([
  [[1920, 1080], 720, [1280, 720]],
  [[3840, 2160], 540, [960, 540]],
  [[640, 360], 720, [640, 360]],
  [[719, 405], 720, [718, 404]],
  [[1080, 1920], 720, [406, 720]],
  [[2, 2], 720, [2, 2]],
  [[1, 1], 720, [2, 2]],
  [[20000, 100], 720, [4096, 20]],
  [[1280, 719], 719, [1280, 718]],
])('proxySize of %j within %i lines is %j', ([width = 0, height = 0], lines, [w, h]) => {
  expect(proxySize({ width, height }, lines)).toEqual({ width: w, height: h });
});

test('tileSize limits the longer edge, whichever it is', () => {
  expect(tileSize({ width: 1920, height: 1080 })).toEqual({ width: 160, height: 90 });
  expect(tileSize({ width: 1080, height: 1920 })).toEqual({ width: 90, height: 160 });
});
