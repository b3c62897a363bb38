import { expect, test } from 'vitest';
import { parseFrameHeader } from './frame-header.ts';

test('parseFrameHeader reads windows, channels, views and parts of a stereo EXR', () => {
  const header = parseFrameHeader(
    [
      'Reading 000001.exr',
      '000001.exr           :  911 x  876, 8 channel, half openexr',
      '    channel list: R, G, B, A, Z (float), left.R, left.G, left.B',
      '    pixel data origin: x=654, y=-245',
      '    full/display size: 2048 x 1556',
      '    full/display origin: 0, 0',
      '    compression: "zips"',
      '    multiView: "right", "left"',
      '    PixelAspectRatio: 1',
      '    oiio:ColorSpace: "Linear"',
      '    oiio:subimages: 1',
      '    smpte:TimeCode: 01:02:03:04',
    ].join('\n'),
  );
  expect(header).toMatchObject({ format: 'openexr', width: 2048, height: 1556, deep: false, encoding: 'linear' });
  expect(header.details).toEqual({
    frame: {
      format: 'openexr',
      encoding: 'linear',
      channels: ['R', 'G', 'B', 'A', 'Z', 'left.R', 'left.G', 'left.B'],
      compression: 'zips',
      pixel_type: 'half',
      data_window: [654, -245, 1565, 631],
      display_window: [0, 0, 2048, 1556],
      pixel_aspect_ratio: 1,
      views: ['right', 'left'],
      parts: 1,
    },
    timecode: '01:02:03:04',
  });
});

test('parseFrameHeader never mistakes an attribute for geometry', () => {
  const header = parseFrameHeader(
    'a.exr : 40 x 30, 3 channel, half openexr\n    channel list: R, G, B\n    comment: "\n    full/display size: 9 x 9"\n    full/display size: 8 x 8',
  );
  expect([header.width, header.height]).toEqual([40, 30]);
});

test('parseFrameHeader reads the first picture of a multi-picture file, and counts the pictures', () => {
  const header = parseFrameHeader(
    [
      'a.exr : 40 x 30, 3 channel, half openexr',
      '    2 subimages: 40x30 [h,h,h], 40x30 [h,h,h]',
      '    channel list: R, G, \u0012',
      '    full/display size: 80 x 60',
      '    oiio:subimages: 2',
    ].join('\n'),
  );
  expect(header).toMatchObject({ width: 80, shown: [0, 0, 0] });
  expect(header.details.frame).toMatchObject({ parts: 2, channels: ['R', 'G', '?'] });
});

test('parseFrameHeader reads what a Cineon header holds, and drops unset values', () => {
  const header = parseFrameHeader(
    [
      'checker.cin          :  160 x   90, 3 channel, uint10 cineon',
      '    channel list: R, G, B',
      '    DateTime: "2022:10:17 10:12:05+10"',
      '    cineon:FrameRate: 9.15861e-41',
      '    oiio:ColorSpace: "KodakLog"',
    ].join('\n'),
  );
  expect(header).toMatchObject({ encoding: 'log', frameRate: null });
  expect(header.details).toMatchObject({ captured_at: '2022-10-17T10:12:05+10:00', frame: { pixel_type: 'uint10' } });
});

test('parseFrameHeader reports that a deep file is deep', () =>
  expect(parseFrameHeader('a.exr : 64 x 64, 2 channel, deep half openexr').details.frame).toMatchObject({
    deep: true,
    pixel_type: 'half',
  }));

test.each([
  ['dpx', 'uint10', 'dpx:Transfer: "User defined"', 'display'],
  ['dpx', 'uint10', 'dpx:Transfer: "Printing density"', 'log'],
  ['dpx', 'uint10', 'oiio:ColorSpace: "KodakLog"', 'log'],
  ['dpx', 'uint16', 'dpx:Transfer: "Linear"', 'linear'],
  ['tiff', 'float', 'oiio:BitsPerSample: 32', 'linear'],
  ['tiff', 'float', 'oiio:ColorSpace: "sRGB"', 'display'],
  ['heif', 'uint8', 'oiio:ColorSpace: "sRGB"', 'display'],
])('parseFrameHeader: a %s of %s with %s is %s', (format, depth, attribute, encoding) =>
  expect(parseFrameHeader(`a : 10 x 10, 3 channel, ${depth} ${format}\n    ${attribute}`).encoding).toBe(encoding),
);

test.each([
  ['FramesPerSecond: 24000/1001 (23.976)', { numerator: 24000, denominator: 1001 }],
  ['dpx:FrameRate: 23.976', { numerator: 24000, denominator: 1001 }],
  ['dpx:FrameRate: 0\n    dpx:TemporalFrameRate: 25', { numerator: 25, denominator: 1 }],
  ['dpx:FrameRate: 12.5', { numerator: 12500, denominator: 1000 }],
  ['FramesPerSecond: 24/0', null],
  ['dpx:FrameRate: inf', null],
])('parseFrameHeader reads the rate of %j', (attribute, rate) =>
  expect(parseFrameHeader(`a.dpx : 10 x 10, 3 channel, uint10 dpx\n    ${attribute}`).frameRate).toEqual(rate),
);

test('parseFrameHeader rejects a header without a size', () =>
  expect(() => parseFrameHeader('nothing')).toThrow('no picture size'));

test.each(['-400 x 13', '43 x 0', '4294967296 x 9'])('parseFrameHeader rejects a display window of %s', (size) => {
  const info = `a.rla : 8 x 4, 3 channel, uint8 rla\n    channel list: R, G, B\n    full/display size: ${size}`;
  expect(() => parseFrameHeader(info)).toThrow('The header names no picture size.');
});
