/** Builds pictures that no available encoder writes, from their specifications, for tests. */
import { crc32, deflateSync } from 'node:zlib';

/** A TIFF entry: tag, type (3 short, 4 long, 5 fraction, 10 signed fraction, 1 byte, 2 text), values. */
type TiffEntry = readonly [tag: number, type: 1 | 2 | 3 | 4 | 5 | 10, values: readonly number[]];

/** Stands for the offset at which the pixels begin. */
const PIXELS = -1;

/** Returns a little-endian TIFF with one directory, followed by its pixels (TIFF 6.0, section 2). */
function tiff(entries: readonly TiffEntry[], pixels: Buffer): Buffer {
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

/**
 * Returns a half-float TIFF with a single value, as renderers write mattes.
 *
 * @param bits of the value; 0.5 is 0x3800.
 */
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

/**
 * Returns the smallest raw photograph: a grey sensor behind a colour mosaic (DNG 1.4).
 *
 * @param orientation as in EXIF.
 */
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

/** Returns a PNG that claims a size but contains almost nothing. */
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

/** Returns a grey ramp in SGI's logarithmic luminance (TIFF Technical Note of Greg Ward, LogL16). */
export function logLTiff(width: number, height: number): Buffer {
  const codes = Array.from({ length: width }, (_, x) => {
    const light = x / (width - 1);
    return light === 0 ? 0 : Math.floor(256 * (Math.log2(light) + 64));
  });
  // High bytes, then low bytes, in literal runs.
  const literal = (bytes: readonly number[]): number[] => {
    const runs: number[] = [];
    for (let at = 0; at < bytes.length; at += 100) {
      const run = bytes.slice(at, at + 100);
      runs.push(run.length, ...run);
    }
    return runs;
  };
  const row = [...literal(codes.map((code) => code >> 8)), ...literal(codes.map((code) => code & 255))];
  const pixels = Buffer.from(Array.from({ length: height }, () => row).flat());
  return tiff([...size(width, height, [16], 34676, 32844), ...strip(height, 1, pixels.length), [339, 3, [2]]], pixels);
}

/** Returns a JPEG within a TIFF, as before 1995 (TIFF 6.0, section 22). @param jpeg without chroma subsampling. */
export function oldJpegTiff(width: number, height: number, jpeg: Buffer): Buffer {
  return tiff(
    [
      ...size(width, height, [8, 8, 8], 6, 6),
      ...strip(height, 3, jpeg.length),
      ...([
        [513, 4, [PIXELS]],
        [514, 4, [jpeg.length]],
        [530, 3, [1, 1]],
      ] as const),
    ],
    jpeg,
  );
}

/** Returns samples as 32-bit integers. @param values of all samples, 0 to 1, row by row. */
export function integerTiff(width: number, height: number, samples: number, values: readonly number[]): Buffer {
  const pixels = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) pixels.writeUInt32LE(Math.round(value * 0xffffffff), index * 4);
  const bits = Array.from({ length: samples }, () => 32);
  return tiff([...size(width, height, bits, 1, samples < 3 ? 1 : 2), ...strip(height, samples, pixels.length)], pixels);
}

function size(
  width: number,
  height: number,
  bits: readonly number[],
  compression: number,
  photometric: number,
): TiffEntry[] {
  return [
    [256, 3, [width]],
    [257, 3, [height]],
    [258, 3, bits],
    [259, 3, [compression]],
    [262, 3, [photometric]],
  ];
}

function strip(height: number, samples: number, length: number): TiffEntry[] {
  return [
    [273, 4, [PIXELS]],
    [277, 3, [samples]],
    [278, 3, [height]],
    [279, 4, [length]],
  ];
}

export interface PsdOptions {
  /** In Photoshop's numbering: 3 RGB, 9 L*a*b*. */
  readonly mode: number;
  /** False: with a layer, and without the merged picture of the layers. */
  readonly merged: boolean;
}

/** Returns a flat Photoshop file of 8 bits in one colour (Adobe Photoshop File Formats Specification, 2019). */
export function psd(width: number, height: number, colour: readonly number[], { mode, merged }: PsdOptions): Buffer {
  const header = Buffer.alloc(26);
  header.write('8BPS', 'latin1');
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(colour.length, 12);
  header.writeUInt32BE(height, 14);
  header.writeUInt32BE(width, 18);
  header.writeUInt16BE(8, 22);
  header.writeUInt16BE(mode, 24);
  const block = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const name = Buffer.concat([Buffer.from('\0\0\0\x01\0x\0\0\0\x01\0x', 'latin1')]);
  const version = Buffer.concat([Buffer.from([0, 0, 0, 1, merged ? 1 : 0]), name, Buffer.from([0, 0, 0, 1])]);
  const padded = version.length % 2 === 0 ? Buffer.alloc(0) : Buffer.alloc(1);
  const resource = Buffer.concat([Buffer.from('8BIM\x04\x21\0\0', 'latin1'), block(version), padded]);
  // One empty layer of zero size, without channels.
  const layer = Buffer.concat([
    ...[Buffer.alloc(18), Buffer.from('8BIMnorm\xff\0\0\0', 'latin1'), block(Buffer.alloc(12))],
  ]);
  const layers = merged
    ? Buffer.alloc(0)
    : Buffer.concat([block(Buffer.concat([Buffer.from([0, 1]), layer])), Buffer.alloc(4)]);
  const planes = colour.map((value) => Buffer.alloc(width * height, merged ? value : 255));
  return Buffer.concat([
    ...[header, block(Buffer.alloc(0)), block(resource), block(layers)],
    ...[Buffer.from([0, 0]), ...planes],
  ]);
}

/** A texture of DirectX 10 (Microsoft, DDS_HEADER_DXT10). @param format of the enumeration DXGI_FORMAT, 4 bytes a pixel. */
export function dx10Texture(width: number, height: number, format: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(148);
  header.write('DDS ', 'latin1');
  for (const [at, value] of [
    ...[[4, 124] as const, [8, 0x100f] as const, [12, height] as const, [16, width] as const, [20, width * 4] as const],
    ...[[76, 32] as const, [80, 4] as const, [108, 0x1000] as const],
    ...[[128, format] as const, [132, 3] as const, [140, 1] as const],
  ]) {
    header.writeUInt32LE(value, at);
  }
  header.write('DX10', 84, 'latin1');
  return Buffer.concat([header, pixels]);
}

/** A picture of the Amiga: planes of bits and a palette (Electronic Arts, EA IFF 85, ILBM). @param pixels positions in the palette. */
export function ilbm(width: number, height: number, palette: Buffer, pixels: readonly number[]): Buffer {
  const planes = Math.ceil(Math.log2(palette.length / 3));
  const rowBytes = Math.ceil(width / 16) * 2;
  const body = Buffer.alloc(rowBytes * planes * height);
  for (const [index, pixel] of pixels.entries()) {
    const [x, y] = [index % width, Math.floor(index / width)];
    for (let plane = 0; plane < planes; plane += 1) {
      const at = (y * planes + plane) * rowBytes + (x >> 3);
      body[at] = (body[at] ?? 0) | (((pixel >> plane) & 1) << (7 - (x & 7)));
    }
  }
  const header = Buffer.alloc(20);
  header.writeUInt16BE(width, 0);
  header.writeUInt16BE(height, 2);
  header.set([planes, 0, 0, 0], 8);
  header.set([1, 1], 14);
  header.writeUInt16BE(width, 16);
  header.writeUInt16BE(height, 18);
  const block = (name: string, bytes: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32BE(bytes.length, 4);
    return Buffer.concat([head, bytes, Buffer.alloc(bytes.length % 2)]);
  };
  const content = [Buffer.from('ILBM'), block('BMHD', header), block('CMAP', palette), block('BODY', body)];
  return block('FORM', Buffer.concat(content));
}
