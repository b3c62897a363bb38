import { expect, test } from 'vitest';
import { readFrames, writeFrame } from './thumbnail-pack.ts';

const picture = new Uint8Array([1, 2, 3]);
const pack = Buffer.concat([writeFrame(-7, picture), writeFrame(null, null), writeFrame(2 ** 31 - 1, picture)]);

test('readFrames reads the output of writeFrame, with length 0 for missing pictures', () => {
  expect(readFrames(pack)).toEqual([
    { version: -7, offset: 8, length: 3 },
    { version: 0, offset: 19, length: 0 },
    { version: 2 ** 31 - 1, offset: 27, length: 3 },
  ]);
});

test('readFrames leaves out a frame that is truncated at any point', () => {
  const whole = Array.from({ length: pack.length + 1 }, (_, bytes) => readFrames(pack.subarray(0, bytes)).length);
  expect(
    whole.map((count, bytes) => (count !== whole[bytes - 1] ? bytes : null)).filter((bytes) => bytes !== null),
  ).toEqual([0, 11, 19, 30]);
});
