import { expect, test } from 'vitest';
import { readR3dHeader } from './r3d-header.ts';
import { r3dFile } from './testing/r3d-file.ts';

test.each(['RED1', 'RED2'] as const)('readR3dHeader reads size, rate and texts of %s', (type) => {
  const found = readR3dHeader(r3dFile(type));
  expect(found?.facts).toMatchObject({
    ...{ width: 4096, height: 2160, frame_rate_numerator: 24_000, frame_rate_denominator: 1001 },
    duration_seconds: null,
  });
  expect(found?.details).toMatchObject({
    ...{ timecode: '10:15:20:05', reel: 'A011', captured_at: '2026-04-02T10:15:20' },
    camera: { make: 'RED', model: 'KOMODO 6K', serial: '123-ABC', lens: null },
  });
});

test('readR3dHeader leaves impossible values unknown', () => {
  const bytes = r3dFile('RED2', { timecode: 'no time' });
  bytes.writeUInt32BE(0, 0x4c);
  bytes.writeUInt32BE(4_000_000_000, 0x50);
  bytes.writeUInt16BE(0, 0x56);
  const found = readR3dHeader(bytes);
  expect(found?.facts).toMatchObject({ width: null, height: null, frame_rate_numerator: null });
  expect(found?.details.timecode).toBeNull();
});

test('readR3dHeader survives every cut and every wrong byte', () => {
  const bytes = r3dFile('RED2');
  for (let length = 0; length < bytes.length; length += 7) readR3dHeader(bytes.subarray(0, length));
  for (let at = 0; at < 0x100; at += 1) {
    for (const value of [0, 0x7f, 0xff]) {
      const other = Buffer.from(bytes);
      other[at] = value;
      readR3dHeader(other);
    }
  }
  expect(readR3dHeader(Buffer.from('RIFF'))).toBeNull();
  expect(readR3dHeader(Buffer.alloc(1000))).toBeNull();
});
