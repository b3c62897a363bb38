/** Pictures that no encoder at hand writes, built from their specifications, for tests. */
import { crc32, deflateSync } from 'node:zlib';

/** A TIFF entry: tag, type (3 short, 4 long, 5 fraction, 10 signed fraction, 1 byte, 2 text), values. */
export type TiffEntry = readonly [tag: number, type: 1 | 2 | 3 | 4 | 5 | 10, values: readonly number[]];

/** Stands for where the pixels begin. */
export const PIXELS = -1;

/** A little-endian TIFF of one directory with its pixels after it (TIFF 6.0, section 2). */
export function tiff(entries: readonly TiffEntry[], pixels: Buffer): Buffer {
  const size = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 10: 4 } as const;
  const sorted = [...entries].sort(([a], [b]) => a - b);
  const after = 8 + 2 + sorted.length * 12 + 4;
  const far = sorted.map(([, type, values]) => (values.length * size[type] > 4 ? values.length * size[type] : 0));
  const start = after + far.reduce((sum, length) => sum + length, 0);
  const head = Buffer.alloc(start);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(sorted.length, 8);
  let free = after;
  for (const [index, [tag, type, values]] of sorted.entries()) {
    const entry = 10 + index * 12;
    head.writeUInt16LE(tag, entry);
    head.writeUInt16LE(type, entry + 2);
    head.writeUInt32LE(type === 5 || type === 10 ? values.length / 2 : values.length, entry + 4);
    let at = entry + 8;
    if ((far[index] ?? 0) > 0) {
      head.writeUInt32LE(free, at);
      at = free;
      free += far[index] ?? 0;
    }
    for (const value of values) {
      const written = value === PIXELS ? start : value;
      if (size[type] === 4) head.writeInt32LE(written | 0, at);
      else if (size[type] === 2) head.writeUInt16LE(written, at);
      else head.writeUInt8(written, at);
      at += size[type];
    }
  }
  return Buffer.concat([head, pixels]);
}

/** 16-bit floating point, all of one value, as renderers write mattes. @param bits of the value 0.5: 0x3800. */
export function halfFloatTiff(width: number, height: number, bits: number): Buffer {
  const pixels = Buffer.alloc(width * height * 6);
  for (let at = 0; at < pixels.length; at += 2) pixels.writeUInt16LE(bits, at);
  return tiff(
    [
      ...([
        [256, 3, [width]],
        [257, 3, [height]],
        [258, 3, [16, 16, 16]],
        [259, 3, [1]],
        [262, 3, [2]],
      ] as const),
      ...([
        [273, 4, [PIXELS]],
        [277, 3, [3]],
        [278, 3, [height]],
        [279, 4, [pixels.length]],
      ] as const),
      ...([[339, 3, [3, 3, 3]]] as const),
    ],
    pixels,
  );
}

/** The smallest raw photograph: a grey sensor behind a colour mosaic (DNG 1.4). @param orientation as EXIF counts. */
export function dng(width: number, height: number, orientation = 1): Buffer {
  const pixels = Buffer.alloc(width * height * 2);
  for (let at = 0; at < pixels.length; at += 2) pixels.writeUInt16LE(20_000, at);
  const text = (words: string) => [...Buffer.from(`${words}\0`)];
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1].flatMap((value) => [value, 1]);
  return tiff(
    [
      ...([
        [254, 4, [0]],
        [256, 4, [width]],
        [257, 4, [height]],
        [258, 3, [16]],
        [259, 3, [1]],
      ] as const),
      ...([
        [262, 3, [32803]],
        [271, 2, text('Harbour')],
        [272, 2, text('Model One')],
        [273, 4, [PIXELS]],
      ] as const),
      ...([
        [274, 3, [orientation]],
        [277, 3, [1]],
        [278, 4, [height]],
        [279, 4, [pixels.length]],
      ] as const),
      ...([
        [33421, 3, [2, 2]],
        [33422, 1, [0, 1, 1, 2]],
        [50706, 1, [1, 4, 0, 0]],
      ] as const),
      ...([
        [50708, 2, text('Harbour One')],
        [50717, 4, [65535]],
        [50721, 10, identity],
      ] as const),
      ...([
        [50728, 5, [1, 1, 1, 1, 1, 1]],
        [50778, 3, [21]],
      ] as const),
    ],
    pixels,
  );
}

/** A PNG that claims a size and has next to nothing in it. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...[chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))],
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), 4 + body.length);
  return framed;
}
