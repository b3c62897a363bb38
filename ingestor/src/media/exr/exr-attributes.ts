/** Decodes the EXR attributes that IngestHub uses; all others are skipped. */
import { type ExrBytes, ExrHeaderError } from './exr-bytes.ts';

export interface ExrChannel {
  readonly name: string;
  readonly pixelType: 'uint' | 'half' | 'float';
  /** Pixels for each sample: 1 unless the channel is subsampled, as chroma is. */
  readonly sampling: readonly [x: number, y: number];
}

/** Left, top, right, bottom; right and bottom are exclusive. */
export type ExrBox = readonly [left: number, top: number, right: number, bottom: number];

interface ExrTiles {
  readonly width: number;
  readonly height: number;
  readonly levels: 'one' | 'mip' | 'rip';
}

export interface ExrValues {
  readonly channels?: readonly ExrChannel[];
  readonly dataWindow?: ExrBox;
  readonly displayWindow?: ExrBox;
  readonly compression?: string;
  readonly lineOrder?: 'increasing' | 'decreasing' | 'random';
  /** Width of a pixel divided by its height. */
  readonly pixelAspectRatio?: number;
  readonly tiles?: ExrTiles;
  /** x and y of red, green, blue and white (CIE 1931). */
  readonly chromaticities?: readonly number[];
  readonly name?: string;
  /** Kind of part: 'scanlineimage', 'tiledimage', 'deepscanline', 'deeptile'. */
  readonly type?: string;
  readonly view?: string;
  readonly multiView?: readonly string[];
  /** Two words: a time code and its user bits, as laid out by SMPTE ST 12-1. */
  readonly timeCode?: readonly [time: number, user: number];
  readonly framesPerSecond?: readonly [numerator: number, denominator: number];
  /** Seconds to add to a local time. */
  readonly utcOffset?: number;
  readonly expTime?: number;
  readonly aperture?: number;
  readonly isoSpeed?: number;
}

/** Larger lists of channels or views, and longer texts, have no use. */
const [MOST_CHANNELS, MOST_VIEWS, LONGEST_TEXT] = [16_384, 256, 16_384];
const PIXEL_TYPES = ['uint', 'half', 'float'] as const;
/** OpenEXR's names, in its order. */
const COMPRESSIONS = 'none rle zips zip piz pxr24 b44 b44a dwaa dwab htj2k256 htj2k32'.split(' ');
const LINE_ORDERS = ['increasing', 'decreasing', 'random'] as const;
const LEVELS = ['one', 'mip', 'rip'] as const;

/** Keyed by name and type: an attribute with a known name but another type is a custom one. */
const READERS: Readonly<Record<string, (value: ExrBytes) => ExrValues>> = {
  'channels chlist': (value) => ({ channels: channelList(value) }),
  'dataWindow box2i': (value) => ({ dataWindow: box(value) }),
  'displayWindow box2i': (value) => ({ displayWindow: box(value) }),
  'compression compression': (value) => ({ compression: COMPRESSIONS[value.uint8()] ?? 'unknown' }),
  'lineOrder lineOrder': (value) => lineOrder(value),
  'pixelAspectRatio float': (value) => ({ pixelAspectRatio: value.float() }),
  'tiles tiledesc': (value) => tiles(value),
  'chromaticities chromaticities': (value) => ({ chromaticities: Array.from({ length: 8 }, () => value.float()) }),
  'name string': (value) => ({ name: text(value) }),
  'type string': (value) => ({ type: text(value) }),
  'view string': (value) => ({ view: text(value) }),
  'multiView stringvector': (value) => ({ multiView: texts(value) }),
  'timeCode timecode': (value) => ({ timeCode: [value.uint32(), value.uint32()] }),
  'framesPerSecond rational': rate,
  // OpenImageIO's spelling.
  'FramesPerSecond rational': rate,
  'utcOffset float': (value) => ({ utcOffset: value.float() }),
  'expTime float': (value) => ({ expTime: value.float() }),
  'aperture float': (value) => ({ aperture: value.float() }),
  'isoSpeed float': (value) => ({ isoSpeed: value.float() }),
};

/** @returns an empty object for an unknown attribute. */
export function readAttribute(name: string, type: string, value: ExrBytes): ExrValues {
  const key = `${name} ${type}`;
  return Object.hasOwn(READERS, key) ? (READERS[key]?.(value) ?? {}) : {};
}

function channelList(value: ExrBytes): ExrChannel[] {
  const channels: ExrChannel[] = [];
  for (let name = value.name(); name !== ''; name = value.name()) {
    if (channels.length === MOST_CHANNELS) throw new ExrHeaderError('it has too many channels');
    const pixelType = PIXEL_TYPES[value.int32()];
    if (pixelType === undefined) throw new ExrHeaderError('a channel in it has an unknown type');
    // The flag for perceptually linear data, and three reserved bytes.
    value.take(4);
    channels.push({ name, pixelType, sampling: [value.int32(), value.int32()] });
  }
  return channels;
}

function box(value: ExrBytes): ExrBox {
  const [left, top, right, bottom] = [value.int32(), value.int32(), value.int32(), value.int32()];
  return [left, top, right + 1, bottom + 1];
}

function tiles(value: ExrBytes): ExrValues {
  const [width, height, mode] = [value.uint32(), value.uint32(), value.uint8()];
  const levels = LEVELS[mode & 0xf];
  return levels === undefined ? {} : { tiles: { width, height, levels } };
}

/** Reads a text of any length, truncated beyond what is useful. */
export function text(value: ExrBytes): string {
  return value.text(Math.min(value.left, LONGEST_TEXT));
}

function texts(value: ExrBytes): string[] {
  const found: string[] = [];
  while (value.left >= 4 && found.length < MOST_VIEWS) found.push(text(value.part(value.int32())));
  return found;
}

function rate(value: ExrBytes): ExrValues {
  return { framesPerSecond: [value.int32(), value.uint32()] };
}

function lineOrder(value: ExrBytes): ExrValues {
  const order = LINE_ORDERS[value.uint8()];
  return order === undefined ? {} : { lineOrder: order };
}
