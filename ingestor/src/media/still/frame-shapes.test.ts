import { expect, test } from 'vitest';
import { differences, type FrameShape } from './frame-shapes.ts';

const shape = (change: Partial<FrameShape> = {}): FrameShape => ({
  ...{ size: '64 x 36', channels: 'B, G, R', compression: 'zip' },
  ...change,
});

test.each<[why: string, shapes: (FrameShape | null)[], said: string | null]>([
  ['all are alike', [shape(), shape(), shape()], null],
  ['one cannot be read', [shape(), null, shape()], null],
  [
    'one is of another size',
    [shape(), shape(), shape({ size: '128 x 128' })],
    '1 of 3 frames differs in size: 1003 has 128 x 128 pixels, most have 64 x 36.',
  ],
  [
    'some lack a channel, and one uses another compression',
    [shape(), shape({ channels: 'Y' }), shape({ channels: 'Y' }), shape(), shape({ compression: 'dwaa' })],
    '2 of 5 frames differ in channels (1002-1003): 1002 has Y, most have B, G, R. 1 of 5 frames differs in compression: 1005 has dwaa, most have zip.',
  ],
])('differences are reported when %s', (_why, shapes, said) => {
  expect(
    differences(
      shapes,
      shapes.map((_, index) => 1001 + index),
    ),
  ).toBe(said);
});

test('differences are reported in a sentence of bounded length', () => {
  const shapes = Array.from({ length: 2000 }, (_, index) => shape(index % 3 === 1 ? { size: '1 x 1' } : {}));
  const said =
    differences(
      shapes,
      shapes.map((_, index) => index),
    ) ?? '';
  expect(said.length).toBeLessThan(200);
  expect(said).toMatch(
    /^667 of 2000 frames differ in size \(1,4,7,.* and more\): 1 has 1 x 1 pixels, most have 64 x 36\.$/,
  );
});
