import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readStill } from '../still/still.ts';
import { iptcTime } from './iptc-time.ts';

const BLOCK = Buffer.from('\x1c\x02\x37\0\x0820240501\x1c\x02\x3c\0\x0b100000+0200', 'latin1');

test.each([
  [BLOCK, '2024-05-01T10:00:00+02:00'],
  [BLOCK.subarray(0, 13), '2024-05-01'],
  [Buffer.from('\x1c\x02\x37\0\x0820249901', 'latin1'), null],
  [Buffer.from('20240501'), null],
])('iptcTime of %j is %j', (bytes, time) => expect(iptcTime(bytes)).toBe(time));

test('readStill reads the time of a JPEG that has it only in IPTC', async () => {
  const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } })
    .jpeg()
    .toBuffer();
  // Photoshop's resource 1028 in the segment APP13.
  const length = Buffer.from([0, 0, 0, BLOCK.length]);
  const resource = Buffer.concat([Buffer.from('Photoshop 3.0\0' + '8BIM\x04\x04\0\0', 'latin1'), length, BLOCK]);
  const segment = Buffer.from([0xff, 0xed, 0, resource.length + 2]);
  const tagged = Buffer.concat([jpeg.subarray(0, 2), segment, resource, jpeg.subarray(2)]);
  const { details } = await readStill(tagged, 'a.jpg');
  expect(details.captured_at).toBe('2024-05-01T10:00:00+02:00');
});
