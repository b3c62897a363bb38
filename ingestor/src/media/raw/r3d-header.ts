/**
 * Reads the beginning of a RED file. RED publishes no description: the places are those that ExifTool
 * (https://exiftool.org/TagNames/Red.html) and ffmpeg found. Numbers are big-endian. The length of the recording is
 * not among them. Pure.
 */
import type { FoundDetails } from '../facts/details-of.ts';
import { parseRational, type Rational } from '../facts/frame-rate.ts';
import { isoTime } from '../facts/iso-time.ts';
import { type MediaFacts, UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { readableText } from '../facts/readable-text.ts';

/** Bytes that hold all of it. */
export const R3D_HEADER = 128 * 1024;

export interface RawFacts {
  readonly facts: MediaFacts;
  readonly details: FoundDetails;
}

/** @returns null when the bytes are not those of a RED file. */
export function readR3dHeader(bytes: Buffer): RawFacts | null {
  const type = bytes.toString('latin1', 4, 8);
  if (bytes.length < 0x60 || (type !== 'RED1' && type !== 'RED2')) return null;
  const blockSize = bytes.readUInt32BE(0);
  const { width, height, rate } = type === 'RED1' ? pictureOfFirst(bytes) : pictureOfSecond(bytes);
  const tags = readTags(bytes, type === 'RED1' ? blockSize + 0x22 : 0x44 + bytes.readUInt8(0x40) * 0x18);
  const text = (tag: number) => readableText(tags.get(tag));
  const timecode = text(TAGS.timecode);
  return {
    facts: {
      ...UNKNOWN_FACTS,
      width: inRange(width),
      height: inRange(height),
      frame_rate_numerator: rate?.numerator ?? null,
      frame_rate_denominator: rate?.denominator ?? null,
      codec: 'redcode',
    },
    details: {
      timecode: timecode !== null && TIMECODE.test(timecode) ? timecode : null,
      reel: text(TAGS.reel),
      captured_at: timeOf(text(TAGS.date), text(TAGS.time)),
      camera: {
        make: 'RED',
        model: text(TAGS.model) ?? text(TAGS.cameraType),
        serial: text(TAGS.serial),
        lens: text(TAGS.lens),
      },
    },
  };
}

/** Texts in the directory; the first digit of a tag is the format of its value, and 1 is text. */
const TAGS = {
  timecode: 0x1001,
  serial: 0x1006,
  cameraType: 0x1019,
  reel: 0x101a,
  date: 0x1023,
  time: 0x1024,
  lens: 0x1070,
  model: 0x1071,
} as const;
const TEXT = 1;
const TIMECODE = /^\d\d:[0-5]\d:[0-5]\d[:;.]\d\d\d?$/;
/** Pixels; a larger number is not a size. */
const MAX_SIDE = 32_768;
const MAX_RATE = 1000;

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rate: Rational | null;
}

function pictureOfFirst(bytes: Buffer): Picture {
  return {
    width: bytes.readUInt16BE(0x36),
    height: bytes.readUInt16BE(0x3a),
    rate: rateOf(bytes.readUInt32BE(0x3e), bytes.readUInt32BE(0x42)),
  };
}

function pictureOfSecond(bytes: Buffer): Picture {
  return {
    width: bytes.readUInt32BE(0x4c),
    height: bytes.readUInt32BE(0x50),
    rate: rateOf(bytes.readUInt32BE(0x58), bytes.readUInt16BE(0x56)),
  };
}

function rateOf(numerator: number, denominator: number): Rational | null {
  const rate = numerator / denominator;
  return rate > 0 && rate <= MAX_RATE ? parseRational(`${numerator}/${denominator}`) : null;
}

function inRange(side: number): number | null {
  return side > 0 && side <= MAX_SIDE ? side : null;
}

/** Reads the texts of the directory at a place: its length, then each entry's length, tag and value. */
function readTags(bytes: Buffer, at: number): Map<number, string> {
  const tags = new Map<number, string>();
  if (at + 2 > bytes.length) return tags;
  const end = Math.min(bytes.length, at + 2 + bytes.readUInt16BE(at));
  for (let place = at + 2; place + 4 <= end; ) {
    const length = bytes.readUInt16BE(place);
    if (length < 4 || place + length > end) break;
    const tag = bytes.readUInt16BE(place + 2);
    if (tag >> 12 === TEXT) tags.set(tag, bytes.toString('latin1', place + 4, place + length).replace(/\0.*$/s, ''));
    place += length;
  }
  return tags;
}

/** '20260402' and '101520'. */
function timeOf(date: string | null, time: string | null): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? '') ?? [];
  if (year === undefined) return null;
  const [, hour, minute, second] = /^(\d{2})(\d{2})(\d{2})/.exec(time ?? '') ?? [];
  return isoTime(
    hour === undefined ? `${year}-${month}-${day}` : `${year}-${month}-${day} ${hour}:${minute}:${second}`,
  );
}
