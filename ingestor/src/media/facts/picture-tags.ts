/** Reads a picture's EXIF and XMP: when and where it was taken, with which camera, and how people described it. */
import ExifReader from 'exifreader';
import { z } from 'zod';
import type { FoundDetails } from './details-of.ts';
import { iptcTime } from './iptc-time.ts';
import { isoTime } from './iso-time.ts';
import { readableText } from './readable-text.ts';

/** Bytes of a metadata block; a larger block does not describe a picture. */
const MAX_BLOCK = 4 * 1024 * 1024;

/** Groups that are read; previews, maker notes and offsets into other files are skipped. */
const GROUPS = { exif: true, gps: true, xmp: true } as const;

/** @param bytes a whole file, or a block of EXIF or XMP alone. Never throws: a broken block yields nothing. */
export function pictureTags(bytes: Buffer): FoundDetails {
  const { exif, gps, xmp } = load(bytes);
  return {
    camera: {
      make: text(exif['Make']),
      model: text(exif['Model']),
      lens: text(exif['LensModel']) ?? text(xmp['Lens']),
      serial: text(exif['BodySerialNumber']) ?? text(xmp['SerialNumber']),
      iso: positive(exif['ISOSpeedRatings']),
      aperture: positive(exif['FNumber']),
      shutter_seconds: positive(exif['ExposureTime']),
      focal_length_mm: positive(exif['FocalLength']),
    },
    place: { latitude: gps['Latitude'], longitude: gps['Longitude'], altitude: gps['Altitude'] },
    description: {
      title: text(xmp['title']),
      description: text(xmp['description']) ?? text(exif['ImageDescription']),
      creator: text(xmp['creator']) ?? text(exif['Artist']),
      rights: text(xmp['rights']) ?? text(exif['Copyright']),
      keywords: texts(xmp['subject']),
      rating: rating(xmp['Rating']),
      label: text(xmp['Label']),
    },
    reel: text(xmp['tapeName']),
    // The camera's own time first, then the times that programs and people wrote.
    captured_at:
      isoTime(text(exif['DateTimeOriginal']), text(exif['OffsetTimeOriginal'])) ??
      isoTime(text(exif['DateTimeDigitized']), text(exif['OffsetTimeDigitized'])) ??
      isoTime(text(xmp['DateTimeOriginal'])) ??
      isoTime(text(xmp['DateCreated'])) ??
      isoTime(text(xmp['CreateDate'])) ??
      iptcTime(bytes),
  };
}

const tag = z.object({ value: z.unknown(), description: z.unknown() }).catch({ value: null, description: null });
type Tag = z.infer<typeof tag>;

const tags = z.record(z.string(), tag).catch({});
const groups = z.object({ exif: tags, xmp: tags, gps: z.record(z.string(), z.number()).catch({}) });

function load(bytes: Buffer): z.infer<typeof groups> {
  try {
    return groups.parse(ExifReader.load(asFile(bytes), { expanded: true, includeTags: GROUPS }));
  } catch {
    return groups.parse({});
  }
}

/** Turns blocks into files that ExifReader accepts: within JPEG, EXIF follows a signature; XMP may lack its wrapper. */
function asFile(bytes: Buffer): Buffer {
  const start = bytes.toString('latin1', 0, 15);
  if (start.startsWith('Exif\0\0')) return bytes.subarray(6);
  const isBareXmp = /^\s*<(?!\?xpacket)/.test(start);
  return isBareXmp ? Buffer.concat([Buffer.from(WRAPPER), bytes]) : bytes;
}
const WRAPPER = '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>';

/** Returns true for a block that is worth reading. */
export function isReadable(block: Buffer | undefined): block is Buffer {
  return block !== undefined && block.length > 0 && block.length <= MAX_BLOCK;
}

function text(tag: Tag | undefined): string | null {
  const value = Array.isArray(tag?.value) && tag.value.length === 1 ? tag.value[0] : tag?.value;
  return readableText(typeof value === 'string' ? value : tag?.description);
}

function texts(tag: Tag | undefined): string[] | null {
  if (!Array.isArray(tag?.value)) return null;
  const found = tag.value.map((each: Tag | null) => readableText(each?.description ?? each?.value));
  return found.filter((each) => each !== null).slice(0, 1000);
}

/** Reads EXIF's fractions, which are [numerator, denominator]. Cameras write 0 for unknown. */
function positive(tag: Tag | undefined): number | null {
  const value = tag?.value;
  const number = Array.isArray(value) ? Number(value[0]) / Number(value[1] ?? 1) : Number(value);
  return Number.isFinite(number) && number > 0 ? number : null;
}

/** Reads a rating: 0 means "not rated", -1 rejected. */
function rating(tag: Tag | undefined): number | null {
  const value = Number(text(tag) ?? Number.NaN);
  return Number.isFinite(value) && value !== 0 ? value : null;
}
