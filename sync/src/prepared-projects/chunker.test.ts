import { COPY_HEADER, COPY_TRAILER } from '@ingesthub/schema/values/copy-binary.ts';
import { expect, test } from 'vitest';
import { createChunker } from './chunker.ts';

/** Returns a row of one field of these bytes and one NULL. */
function row(bytes: number): Buffer {
  const field = Buffer.alloc(4 + bytes, 7);
  field.writeInt32BE(bytes);
  return Buffer.concat([Buffer.from([0, 2]), field, Buffer.from([255, 255, 255, 255])]);
}

const rows = Array.from({ length: 50 }, (_, index) => row(index % 7));
const copy = Buffer.concat([COPY_HEADER, ...rows, COPY_TRAILER]);

test('createChunker: chunks hold whole rows and together all rows, however the copy is cut', () => {
  for (const size of [1, 3, 19, 20, 64, copy.length]) {
    const chunks: { bytes: Buffer; rows: number }[] = [];
    const chunker = createChunker((bytes, count) => chunks.push({ bytes, rows: count }), 100);
    for (let at = 0; at < copy.length; at += size) chunker.add(copy.subarray(at, at + size));
    chunker.end();
    expect(Buffer.concat(chunks.map(({ bytes }) => bytes))).toEqual(Buffer.concat(rows));
    expect(chunks.reduce((sum, chunk) => sum + chunk.rows, 0)).toBe(rows.length);
    let at = 0;
    for (const { bytes, rows: count } of chunks) {
      expect(bytes).toEqual(Buffer.concat(rows.slice(at, at + count)));
      at += count;
    }
  }
});

test('createChunker: a copy without its trailer is an error', () => {
  const chunker = createChunker(() => {}, 100);
  chunker.add(copy.subarray(0, -2));
  expect(() => chunker.end()).toThrow('incomplete');
});
