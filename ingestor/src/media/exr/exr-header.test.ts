import { seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { expect, test } from 'vitest';
import { attribute, channelList, exrHeader, floats, int32s, needed } from '../../testing/exr-files.ts';
import { MUTATIONS, mutateBytesBy } from '../../testing/mutate-bytes.ts';
import { ExrHeaderCut, ExrHeaderError } from './exr-bytes.ts';
import { parseExrHeader } from './exr-header.ts';

const text = (name: string, value: string) => attribute(name, 'string', Buffer.from(value));

test('parseExrHeader reads channels, windows, tiles and levels', () => {
  const header = parseExrHeader(
    exrHeader(
      [
        [
          attribute('dataWindow', 'box2i', int32s(-10, -5, 9, 4)),
          attribute('tiles', 'tiledesc', Buffer.concat([int32s(64, 32), Buffer.from([0x11])])),
          attribute('lineOrder', 'lineOrder', Buffer.from([1])),
          attribute('multiView', 'stringvector', Buffer.concat([int32s(5), Buffer.from('right'), int32s(0)])),
          ...needed(['B', { name: 'Z', pixelType: 2 }, { name: 'RY', sampling: [2, 2] }]),
        ],
      ],
      0x200,
    ),
  );
  expect(header).toMatchObject({ version: 2, tiled: true, deep: false, multiPart: false });
  expect(header.parts).toHaveLength(1);
  expect(header.parts[0]).toMatchObject({
    channels: [
      { name: 'B', pixelType: 'half', sampling: [1, 1] },
      { name: 'Z', pixelType: 'float', sampling: [1, 1] },
      { name: 'RY', pixelType: 'half', sampling: [2, 2] },
    ],
    // The first attribute of a name wins.
    dataWindow: [-10, -5, 10, 5],
    displayWindow: [0, 0, 8, 4],
    compression: 'zip',
    lineOrder: 'decreasing',
    tiles: { width: 64, height: 32, levels: 'mip' },
    multiView: ['right', ''],
  });
});

test('parseExrHeader reads each part, and stops at the end of the part list', () => {
  const parts = ['depth', 'rgba'].map((name) => [
    ...needed(name === 'depth' ? ['Z'] : ['B', 'G', 'R']),
    text('name', name),
    text('type', 'scanlineimage'),
    text('view', 'left'),
    text('owner', `of ${name}`),
  ]);
  const header = parseExrHeader(Buffer.concat([exrHeader(parts), Buffer.from('offsets and pixels')]));
  expect(header.multiPart).toBe(true);
  expect(header.parts.map(({ name, type, view, texts }) => [name, type, view, texts.get('owner')])).toEqual([
    ['depth', 'scanlineimage', 'left', 'of depth'],
    ['rgba', 'scanlineimage', 'left', 'of rgba'],
  ]);
});

test('parseExrHeader treats a known name with another type as a custom attribute', () => {
  const others = [attribute('pixelAspectRatio', 'double', Buffer.alloc(8)), text('timeCode', '01:02:03:04')];
  const [part] = parseExrHeader(exrHeader([[...others, ...needed(['Y'])]])).parts;
  expect(part.pixelAspectRatio).toBe(1);
  expect(part.timeCode).toBeUndefined();
});

test.each<[reason: string, bytes: Buffer]>([
  ['it is not an EXR file', Buffer.from('not a picture')],
  ['it is not an EXR file', Buffer.from('v/1')],
  ['it lists no channels', exrHeader([needed([])])],
  ['it names no picture size', exrHeader([needed(['R']).filter(({ name }) => name !== 'dataWindow')])],
  ['its picture has no size', exrHeader([[attribute('dataWindow', 'box2i', int32s(5, 0, 4, 9)), ...needed(['R'])]])],
  ['the value of channels is too short', exrHeader([[attribute('channels', 'chlist', Buffer.from('R\0'))]])],
  ['a channel in it has an unknown type', exrHeader([needed([{ name: 'R', pixelType: 9 }])])],
  ['a name in it has no end', Buffer.concat([int32s(20000630, 2), Buffer.alloc(400, 'a')])],
  [
    'a length in it is negative',
    Buffer.concat([int32s(20000630, 2), Buffer.from('a\0string\0'), int32s(-2), Buffer.alloc(40)]),
  ],
  [
    'it has too many attributes',
    exrHeader([Array.from({ length: 50_001 }, (_, index) => attribute(`a${index}`, 'int', int32s(1)))]),
  ],
])('parseExrHeader reports that %s', (reason, bytes) => {
  expect(() => parseExrHeader(bytes)).toThrow(ExrHeaderError);
  expect(() => parseExrHeader(bytes)).toThrow(reason);
});

test('parseExrHeader asks for more bytes wherever they end within the header', () => {
  const whole = exrHeader([[...needed(['R', 'G', 'B']), text('comments', 'x'.repeat(300))]]);
  for (let length = 4; length < whole.length; length += 1) {
    expect(() => parseExrHeader(whole.subarray(0, length))).toThrow(ExrHeaderCut);
  }
  expect(parseExrHeader(whole).parts[0].channels).toHaveLength(3);
});

test('parseExrHeader throws only its own error for any bytes', () => {
  const originals = [
    exrHeader([[...needed(['R', 'G', 'B', 'A']), text('comments', 'long'.repeat(50))]]),
    exrHeader([
      [...needed(['Z']), text('name', 'depth'), attribute('chromaticities', 'chromaticities', floats(1, 2, 3))],
      [
        ...needed(['left.R', 'left.G', 'left.B']),
        attribute('multiView', 'stringvector', int32s(4, 1, 2)),
        attribute('timeCode', 'timecode', int32s(1, 2)),
        attribute('tiles', 'tiledesc', Buffer.concat([int32s(1, 2), Buffer.from([9])])),
        attribute('channels', 'chlist', channelList(['x'.repeat(200)])),
      ],
    ]),
  ];
  let read = 0;
  for (let seed = 0; seed < 4000; seed += 1) {
    const random = seededRandom(seed);
    const bytes = mutateBytesBy(random.pick(MUTATIONS), random.pick(originals), random.pick(originals), random);
    try {
      parseExrHeader(bytes);
      read += 1;
    } catch (error) {
      expect(error, `seed ${seed}`).toBeInstanceOf(ExrHeaderError);
    }
  }
  // Some are broken and some are not.
  expect(read).toBeGreaterThan(100);
  expect(read).toBeLessThan(3900);
});
