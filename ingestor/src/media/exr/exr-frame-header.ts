/** Translates an EXR header into the description that all frames share. Pure. */
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import { rec709From } from '../colour/primaries.ts';
import { detailsOf } from '../facts/details-of.ts';
import type { Rational } from '../facts/frame-rate.ts';
import { isoTime } from '../facts/iso-time.ts';
import { readableText } from '../facts/readable-text.ts';
import type { ExrHeader, ExrPart } from './exr-header.ts';
import type { FrameHeader } from './frame-header.ts';
import { shownPicture } from './shown-picture.ts';
import { timecodeText } from './timecode-text.ts';

export function exrFrameHeader(header: ExrHeader): FrameHeader {
  const shown = shownPicture(header);
  const part = header.parts[shown.part] ?? header.parts[0];
  const [left, top, right, bottom] = part.displayWindow;
  const frameRate = rateOf(part) ?? rateOf(header.parts[0]);
  const { pixelAspectRatio = 1, chromaticities } = part;
  return {
    format: 'openexr',
    ...{ width: right - left, height: bottom - top },
    part: shown.part,
    shown: shown.channels,
    deep: part.type === undefined ? header.deep : part.type.startsWith('deep'),
    encoding: 'linear',
    profile: false,
    cover: null,
    ...{ frameRate, pixelAspect: pixelAspectRatio },
    toRec709: chromaticities === undefined ? null : rec709From(chromaticities),
    details: exrDetails(header, part, shown.channels[0]),
  };
}

function exrDetails(header: ExrHeader, part: ExrPart, shownChannel: string): AssetDetails {
  const { parts } = header;
  const views = part.multiView ?? [...new Set(parts.flatMap(({ view }) => view ?? []))];
  const text = (...names: string[]): string | null => {
    for (const { texts } of [part, ...parts.slice(0, 1)]) {
      for (const name of names) {
        const found = readableText(texts.get(name));
        if (found !== null) return found;
      }
    }
    return null;
  };
  const shown = part.channels.find(({ name }) => name === shownChannel);
  const deep = part.type === undefined ? header.deep : part.type.startsWith('deep');
  return detailsOf({
    frame: {
      ...{ format: 'openexr', encoding: 'linear', compression: part.compression },
      channels: channelNames(parts).slice(0, 1024),
      pixel_type: shown?.pixelType,
      data_window: [...part.dataWindow],
      display_window: [...part.displayWindow],
      pixel_aspect_ratio: part.pixelAspectRatio,
      views: views.length === 0 ? null : views.slice(0, 64).map((view) => readableText(view) ?? '?'),
      parts: parts.length,
      deep: deep || null,
      chromaticities: part.chromaticities?.every(Number.isFinite) ? [...part.chromaticities] : null,
      levels: part.tiles === undefined || part.tiles.levels === 'one' ? null : part.tiles.levels,
    },
    camera: {
      make: text('cameraMake', 'Make'),
      model: text('cameraModel', 'Model'),
      serial: text('cameraSerialNumber'),
      lens: text('lensModel'),
      iso: positive(part.isoSpeed),
      aperture: positive(part.aperture),
      shutter_seconds: positive(part.expTime),
    },
    description: {
      description: text('comments', 'ImageDescription'),
      creator: text('Artist', 'artist'),
      rights: text('owner', 'Copyright'),
    },
    timecode: timecodeOf(part) ?? timecodeOf(parts[0]),
    reel: text('reelName', 'reel', 'tapeName', 'interim.clip.reelname'),
    captured_at: isoTime(text('capDate', 'DateTime')?.replace(/([+-]\d\d)$/, '$100'), zoneOf(part)),
  });
}

/** Lists R, G, B, A and Z of each layer first, part by part; names that clash are prefixed with their part's name. */
function channelNames(parts: readonly ExrPart[]): string[] {
  const counts = new Map<string, number>();
  for (const { channels } of parts) {
    for (const { name } of channels) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return parts.flatMap(({ channels, name: part = '' }) =>
    channels
      .map(({ name }) => name)
      .sort((a, b) => compareLayers(layerOf(a), layerOf(b)) || placeOf(a) - placeOf(b))
      .map((name) => (counts.get(name) === 1 || part === '' ? name : `${part}.${name}`))
      .map((name) => readableText(name) ?? '?'),
  );
}

const ORDER = ['r', 'red', 'g', 'green', 'b', 'blue', 'a', 'alpha', 'z', 'depth'];

function placeOf(channel: string): number {
  const place = ORDER.indexOf(channel.slice(layerOf(channel).length).toLowerCase());
  return place < 0 ? ORDER.length : place;
}

function layerOf(channel: string): string {
  return channel.slice(0, channel.lastIndexOf('.') + 1);
}

function compareLayers(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function rateOf({ framesPerSecond }: ExrPart): Rational | null {
  const [numerator = 0, denominator = 0] = framesPerSecond ?? [];
  const fits = (value: number): boolean => value > 0 && value < 2 ** 31;
  return fits(numerator) && fits(denominator) ? { numerator, denominator } : null;
}

function timecodeOf({ timeCode }: ExrPart): string | null {
  return timeCode === undefined ? null : timecodeText(timeCode[0]);
}

/**
 * Returns '+02:00' when the seconds make whole minutes. EXR stores what to add to reach UTC; ISO 8601 states the
 * reverse.
 */
function zoneOf({ utcOffset }: ExrPart): string | null {
  if (utcOffset === undefined || !(Math.abs(utcOffset) <= 14 * 3600) || utcOffset % 60 !== 0) return null;
  const minutes = Math.abs(utcOffset) / 60;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${utcOffset > 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function positive(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : null;
}
