import { expect, test } from 'vitest';
import { displayArguments, fitWithin, stillArguments } from './frame.ts';
import { displayChannels, parseFrameHeader } from './frame-header.ts';

test.each([
  [
    ['R', 'G', 'B', 'A', 'Z'],
    [0, 1, 2],
  ],
  [
    ['A', 'B', 'G', 'R'],
    [3, 2, 1],
  ],
  [
    ['Z', 'left.R', 'left.G', 'left.B', 'right.R'],
    [1, 2, 3],
  ],
  [
    ['diffuse.red', 'diffuse.green', 'diffuse.blue'],
    [0, 1, 2],
  ],
  [
    ['A', 'Y'],
    [1, 1, 1],
  ],
  [['Z'], [0, 0, 0]],
  [
    ['I', 'I2', 'I3'],
    [0, 1, 2],
  ],
])('displayChannels of %j are %j', (channels, expected) => expect(displayChannels(channels)).toEqual(expected));

test('displayArguments resizes to the requested size', () => {
  const header = parseFrameHeader('a.exr : 911 x 876, 3 channel, half openexr\n    full/display size: 2048 x 1556');
  expect(displayArguments(header, { width: 480, height: 365 })).toContain('480x365');
});

test('fitWithin keeps the aspect ratio, never enlarges, and keeps every side at least 1 pixel', () => {
  expect(fitWithin({ width: 4000, height: 2000 }, { width: 480, height: 480 })).toEqual({ width: 480, height: 240 });
  expect(fitWithin({ width: 10, height: 20 }, { width: 480, height: 480 })).toEqual({ width: 10, height: 20 });
  expect(fitWithin({ width: 10000, height: 1 }, { width: 480, height: 480 })).toEqual({ width: 480, height: 1 });
});

test('stillArguments drops a profile whose colours are already converted to sRGB', () => {
  const size = { width: 320, height: 240 };
  const light = parseFrameHeader('a.psd : 320 x 240, 3 channel, float psd\n    channel list: R, G, B');
  expect(stillArguments(light, size, null)).toContain('--eraseattrib');
  const codes = parseFrameHeader('a.psd : 320 x 240, 3 channel, uint8 psd\n    channel list: R, G, B');
  expect(stillArguments(codes, size, null)).not.toContain('--eraseattrib');
});
