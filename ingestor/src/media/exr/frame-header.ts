/**
 * Parses the output of `oiiotool --info -v` for one picture: a summary, some lines of geometry, then one indented line
 * for each attribute, whose text comes from the file. EXR is not read here: its header is parsed directly.
 */
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import type { Matrix } from '../colour/primaries.ts';
import { detailsOf } from '../facts/details-of.ts';
import { parseRational, type Rational, rationalOf } from '../facts/frame-rate.ts';
import { iptcDate } from '../facts/iptc-time.ts';
import { isoTime } from '../facts/iso-time.ts';
import { readableText } from '../facts/readable-text.ts';
import { MediaProblem } from '../tools/media-problem.ts';

export interface FrameHeader {
  /** OpenImageIO's format: 'openexr', 'dpx', 'cineon'. */
  readonly format: string;
  /** Pixels of the display window. */
  readonly width: number;
  readonly height: number;
  /** Index of the part that is shown, from 0. */
  readonly part: number;
  /** The channels shown as red, green and blue: names, or positions from 0. */
  readonly shown: readonly [red: string | number, green: string | number, blue: string | number];
  readonly deep: boolean;
  readonly encoding: 'linear' | 'log' | 'display';
  /** True when a colour profile describes the channels as stored; it is more precise than `encoding`. */
  readonly profile: boolean;
  /** The channel of pixel coverage, to be composited over neutral grey; null when the file has none. */
  readonly cover: number | null;
  readonly frameRate: Rational | null;
  /** Width of a pixel divided by its height, as stored in the file. */
  readonly pixelAspect: number;
  /** From the file's light to Rec. 709's primaries; null when nothing declares other primaries. */
  readonly toRec709: Matrix | null;
  readonly details: AssetDetails;
}

/** @throws MediaProblem when the header has no size. */
export function parseFrameHeader(info: string): FrameHeader {
  const lines = info.split('\n');
  const start = lines.findIndex((line) => SUMMARY.test(line));
  const [, dataWidth, dataHeight, depth = '', format] = SUMMARY.exec(lines[start] ?? '') ?? [];
  if (!dataWidth || !dataHeight || !format) throw new MediaProblem('The header names no picture size.');

  const { geometry, attributes } = readLines(lines.slice(start + 1));
  const data = { x: 0, y: 0, width: Number(dataWidth), height: Number(dataHeight) };
  [data.x = 0, data.y = 0] = numbersIn(geometry.get('pixel data origin'));
  const [width = data.width, height = data.height] = numbersIn(geometry.get('full/display size'));
  const [x = 0, y = 0] = numbersIn(geometry.get('full/display origin'));
  // For damaged headers oiiotool prints inverted windows, or sizes beyond 32 bits.
  if (![width, height].every((edge) => edge > 0 && edge < 2 ** 31)) {
    throw new MediaProblem('The header names no picture size.');
  }
  const channels = (geometry.get('channel list') ?? '')
    .split(', ')
    .map((channel) => channel.replace(/ \([a-z0-9]+\)$/, ''));
  const deep = depth.startsWith('deep ');
  const encoding = encodingOf(format, depth, attributes);

  const aspect = positive(attributes.get('PixelAspectRatio'));
  return {
    ...{ format, width, height, part: 0, shown: displayChannels(channels), deep, encoding },
    ...{ frameRate: frameRateOf(attributes), pixelAspect: STRETCHED.has(format) ? (aspect ?? 1) : 1, toRec709: null },
    profile: attributes.has('ICCProfile') && /^"(?:RGB|GRAY)/.test(attributes.get('ICCProfile:color_space') ?? ''),
    cover: coverChannel(format, channels),
    details: detailsOf({
      frame: {
        ...{ format, encoding, channels: channels.map((channel) => readableText(channel) ?? '?') },
        deep: deep || null,
        compression: textOf(attributes, 'compression'),
        pixel_type: depth.replace(/^deep /, '').trim(),
        data_window: [data.x, data.y, data.x + data.width, data.y + data.height],
        display_window: [x, y, x + width, y + height],
        pixel_aspect_ratio: aspect,
        views: quotedIn(attributes.get('multiView')),
        parts: positive(attributes.get('oiio:subimages')),
      },
      camera: { make: textOf(attributes, 'Make'), model: textOf(attributes, 'Model', 'cameraModel') },
      description: {
        description: textOf(attributes, 'ImageDescription'),
        creator: textOf(attributes, 'Artist'),
        rights: textOf(attributes, 'Copyright'),
      },
      timecode: /^\d\d:\d\d:\d\d[:;.]\d\d$/.exec(attributes.get('smpte:TimeCode') ?? '')?.[0],
      reel: textOf(attributes, 'reelName', 'reel', 'tapeName', 'interim.clip.reelname'),
      captured_at: capturedAt(attributes),
    }),
  };
}

/** Formats whose header stretches the pixels; in JPEG and TIFF the same fields are meant for printers. */
const STRETCHED = new Set(['openexr', 'dpx', 'cineon']);

const SUMMARY = /^.+? :\s*(\d+) x\s*(\d+), \d+ channel, (.*?)(\w+)$/;

/** Formats whose coverage is shown over neutral grey, like PNG's; formats of frames and renders are shown as stored. */
const COVERED = new Set('bmp dds gif heif ico jpeg2000 png psd sgi softimage targa tiff webp'.split(' '));

/** Returns null when several channels accompany the colours: Photoshop saves one for each selection. */
function coverChannel(format: string, channels: readonly string[]): number | null {
  if (!COVERED.has(format) || (channels.length !== 2 && channels.length !== 4)) return null;
  const index = channels.findIndex((name) => /^a(?:lpha)?$/i.test(name));
  return index < 0 ? null : index;
}

/** These lines come first, so no attribute can be mistaken for one of them. */
const GEOMETRY = new Set([
  'MIP-map levels',
  'channel list',
  'pixel data origin',
  'full/display size',
  'full/display origin',
  'tile size',
]);

/**
 * Returns the indices of the three channels to show: R, G, B; else those of the first layer that has them (the left eye
 * of a stereo file); else three channels that a Cineon file calls grey, which are its colours; else the first channel
 * alone, as grey.
 */
export function displayChannels(channels: readonly string[]): [number, number, number] {
  const names = channels.map((name) => name.toLowerCase());
  const layers = ['', ...names.filter((name) => /\.r(?:ed)?$/.test(name)).map((name) => name.replace(/[^.]+$/, ''))];
  for (const layer of layers) {
    const [red, green, blue] = ['r', 'g', 'b'].map((colour) =>
      names.findIndex(
        (name) => name === layer + colour || name === layer + { r: 'red', g: 'green', b: 'blue' }[colour],
      ),
    );
    if (red !== undefined && green !== undefined && blue !== undefined && Math.min(red, green, blue) >= 0) {
      return [red, green, blue];
    }
  }
  if (names.join() === 'i,i2,i3') return [0, 1, 2];
  const luminance = Math.max(0, names.indexOf('y'));
  return [luminance, luminance, luminance];
}

type Lines = ReadonlyMap<string, string>;

function readLines(lines: readonly string[]): { geometry: Lines; attributes: Lines } {
  const [geometry, attributes] = [new Map<string, string>(), new Map<string, string>()];
  for (const line of lines) {
    const [, name, value] = /^ {4}(\S[^:]*(?::\S[^:]*)?): (.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    // For a file of several pictures, oiiotool first prints a line with their count.
    if (/^\d+ subimages$/.test(name)) continue;
    const target = attributes.size === 0 && GEOMETRY.has(name) ? geometry : attributes;
    if (!target.has(name)) target.set(name, value);
  }
  return { geometry, attributes };
}

function encodingOf(format: string, depth: string, attributes: Lines): FrameHeader['encoding'] {
  const transfer = textOf(attributes, 'dpx:Transfer');
  const space = textOf(attributes, 'oiio:ColorSpace');
  if (format === 'cineon' || space === 'KodakLog') return 'log';
  if (transfer !== null && /printing density|logarithmic/i.test(transfer)) return 'log';
  if (space?.toLowerCase() === 'linear' || transfer === 'Linear') return 'linear';
  return /half|float|double/.test(depth) && space !== 'sRGB' ? 'linear' : 'display';
}

/** The time of capture precedes the time of writing; a zone may lack minutes. */
const CAPTURED = [
  ...['Exif:DateTimeOriginal', 'Exif:DateTimeDigitized', 'photoshop:DateCreated', 'xmp:CreateDate', 'IPTC:CreateDate'],
];

function capturedAt(attributes: Lines): string | null {
  const timeOf = (name: string) => isoTime(textOf(attributes, name)?.replace(/([+-]\d\d)$/, '$100'));
  const iptc = iptcDate(textOf(attributes, 'IPTC:DateCreated'), textOf(attributes, 'IPTC:TimeCreated'));
  return CAPTURED.map(timeOf).find((time) => time !== null) ?? iptc ?? timeOf('DateTime');
}

/** EXR stores a fraction; DPX and Cineon store a number, or rubbish. */
function frameRateOf(attributes: Lines): Rational | null {
  const exact = parseRational(/^\d+\/\d+/.exec(attributes.get('FramesPerSecond') ?? '')?.[0]);
  if (exact !== null) return exact;
  for (const name of ['dpx:FrameRate', 'dpx:TemporalFrameRate', 'cineon:FrameRate']) {
    const rate = rationalOf(Number(attributes.get(name)));
    if (rate !== null) return rate;
  }
  return null;
}

function textOf(attributes: Lines, ...names: string[]): string | null {
  for (const name of names) {
    const text = readableText(/^"(.*)"$/.exec(attributes.get(name) ?? '')?.[1]);
    if (text !== null) return text;
  }
  return null;
}

function quotedIn(text: string | undefined): string[] | null {
  return text?.match(/"[^"]*"/g)?.map((quoted) => quoted.slice(1, -1)) ?? null;
}

function numbersIn(text: string | undefined): number[] {
  return (text?.match(/-?\d+/g) ?? []).map(Number);
}

function positive(text: string | undefined): number | null {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : null;
}
