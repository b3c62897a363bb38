import { expect, test } from 'vitest';
import { BoundedBytes } from './bounded-bytes.ts';

const cut = new RangeError('cut');
const bytesOf = (...bytes: number[]) => new BoundedBytes(Buffer.from(bytes), () => cut);

test('BoundedBytes reads one value after the other, up to the last byte', () => {
  const bytes = bytesOf(1, 2, 0, 0xff, 0xff, 0xff, 0xff, 3, 0, 0, 0, 7, 8, 9);
  expect([bytes.uint8(), bytes.uint16(), bytes.int32(), bytes.uint32()]).toEqual([1, 2, -1, 3]);
  expect([...bytes.rest()]).toEqual([7, 8, 9]);
  expect([...bytes.take(2)]).toEqual([7, 8]);
  expect(bytes.left).toBe(1);
  expect([...bytes.take(1), ...bytes.take(0)]).toEqual([9]);
});

test.each([
  ['uint8', 0],
  ['uint16', 1],
  ['int32', 3],
  ['uint32', 3],
  ['float', 3],
  ['uint64', 7],
  ['double', 7],
] as const)('BoundedBytes throws the given error when %s meets %i bytes left, and reads none', (kind, left) => {
  const bytes = bytesOf(...Array<number>(left).fill(1));
  expect(() => bytes[kind]()).toThrow(cut);
  expect(bytes.left).toBe(left);
});

test.each([3, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
  'BoundedBytes rejects a length of %d for 2 bytes',
  (length) => {
    const bytes = bytesOf(1, 2);
    expect(() => bytes.take(length)).toThrow(cut);
    expect(bytes.left).toBe(2);
  },
);
