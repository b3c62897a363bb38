/**
 * Reads the tags of a video or audio file. Programs and cameras spell them in many ways (`reel_name`,
 * `com.apple.proapps.reel`, `com.arri.camera.ReelName`); only the last part of the name matters, in lower case and
 * without underscores.
 */
import type { FoundDetails } from './details-of.ts';
import type { FfprobeReport } from './ffprobe-report.ts';
import { isoTime } from './iso-time.ts';
import { readableText } from './readable-text.ts';

export function taggedDetails({ streams, format }: FfprobeReport): FoundDetails {
  const video = streams.filter((stream) => stream.codec_type === 'video');
  // The first source with a value wins: the file, its picture, its timecode track, then the rest.
  const tags = firstOfEach([format, ...video, ...streams].map((each) => each.tags));
  const own = (...names: string[]): string | null => {
    for (const name of names) {
      const value = readableText(tags.get(name));
      if (value !== null) return value;
    }
    return null;
  };
  const keywords = own('keywords')?.split(/\s*[;,]\s*/);
  return {
    timecode: timecodeOf([...video, ...streams, format].map((each) => each.tags)),
    reel: own('reelname', 'reel', 'tapename', 'tape'),
    // `creationdate` comes first because it has the zone of the place.
    captured_at: isoTime(own('creationdate')) ?? broadcastTime(own('date'), own('creationtime')) ?? null,
    camera: {
      make: own('make'),
      model: own('model'),
      lens: own('lensmodel', 'lens'),
      serial: own('cameraserialnumber'),
    },
    place: placeOf(own('iso6709', 'location')),
    description: {
      title: own('title'),
      description: own('description', 'comment'),
      creator: own('artist', 'author'),
      rights: own('copyright'),
      keywords: keywords?.filter((keyword) => keyword !== '') ?? null,
    },
  };
}

function firstOfEach(lists: readonly Readonly<Record<string, string>>[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const tags of lists) {
    for (const [key, value] of Object.entries(tags)) {
      const name = key
        .slice(key.lastIndexOf('.') + 1)
        .toLowerCase()
        .replaceAll('_', '');
      if (!found.has(name)) found.set(name, value);
    }
  }
  return found;
}

/** Hours, minutes, seconds, frames; ';' or '.' before the frames marks drop-frame time code. */
const TIMECODE = /^\d\d:[0-5]\d:[0-5]\d[:;.]\d\d\d?$/;

function timecodeOf(lists: readonly Readonly<Record<string, string>>[]): string | null {
  return lists.map((tags) => tags['timecode'] ?? tags['TIMECODE'] ?? '').find((text) => TIMECODE.test(text)) ?? null;
}

/** A broadcast wave file stores its day and its time of day separately. */
function broadcastTime(date: string | null, time: string | null): string | null {
  if (time !== null && /^\d\d[:.-]\d\d[:.-]\d\d$/.test(time))
    return isoTime(`${date} ${time.replaceAll(/[.-]/g, ':')}`);
  return isoTime(time) ?? isoTime(date);
}

/** Parses '+37.3318-122.0312+010.000/', ISO 6709's form of degrees and metres. */
function placeOf(text: string | null): FoundDetails['place'] {
  const [, latitude, longitude, altitude] =
    /^([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?/.exec(text ?? '') ?? [];
  if (latitude === undefined || longitude === undefined) return null;
  return {
    latitude: Number(latitude),
    longitude: Number(longitude),
    altitude: altitude === undefined ? null : Number(altitude),
  };
}
