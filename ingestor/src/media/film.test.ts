import { expect, test } from 'vitest';
import { displayArguments, displayChannels, fitWithin, parseFilmHeader } from './film.ts';

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
])('displayChannels of %j are %j', (channels, expected) => expect(displayChannels(channels)).toEqual(expected));

test('parseFilmHeader takes the display window for the size, and half floats for light', () => {
  const header = parseFilmHeader(
    [
      'Reading 000001.exr',
      '000001.exr           :  911 x  876, 5 channel, half openexr',
      '    channel list: R, G, B, A, Z (float)',
      '    full/display size: 2048 x 1556',
      '    oiio:ColorSpace: "Linear"',
    ].join('\n'),
  );
  expect(header).toEqual({
    format: 'openexr',
    width: 2048,
    height: 1556,
    channels: ['R', 'G', 'B', 'A', 'Z'],
    deep: false,
    encoding: 'linear',
  });
  expect(displayArguments(header, { width: 480, height: 480 })).toContain('480x365');
});

test('parseFilmHeader takes DPX for display unless its transfer says density or linear', () => {
  const encoding = (transfer: string) =>
    parseFilmHeader(`a.dpx : 10 x 10, 3 channel, uint10 dpx\n    dpx:Transfer: "${transfer}"`).encoding;
  expect(['User defined', 'Printing density', 'Linear'].map(encoding)).toEqual(['display', 'log', 'linear']);
});

test('fitWithin keeps the shape, never enlarges, and never loses a side', () => {
  expect(fitWithin({ width: 4000, height: 2000 }, { width: 480, height: 480 })).toEqual({ width: 480, height: 240 });
  expect(fitWithin({ width: 10, height: 20 }, { width: 480, height: 480 })).toEqual({ width: 10, height: 20 });
  expect(fitWithin({ width: 10000, height: 1 }, { width: 480, height: 480 })).toEqual({ width: 480, height: 1 });
});
