/** Reads stills with sharp. */
import type { Metadata } from 'sharp';
import { extensionOf } from '../../scan/names/file-types.ts';
import { detailsOf, type FoundDetails } from '../facts/details-of.ts';
import { iccName } from '../facts/icc-name.ts';
import { iptcTime } from '../facts/iptc-time.ts';
import { UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { isReadable, pictureTags } from '../facts/picture-tags.ts';
import { decoder, decodeSmall, MAX_PIXELS, type Pixels } from '../picture/pixels.ts';
import { checkRoom, decodedSize, inTurn } from '../tools/large-pictures.ts';
import { describeStillError, MediaProblem } from '../tools/media-problem.ts';
import { nounOf } from '../tools/media-source.ts';
import type { StillReader } from './still-reader.ts';

const EXTENSIONS = new Set(['avif', 'gif', 'jpeg', 'jpg', 'png', 'tif', 'tiff', 'webp']);
/** ffprobe's names for formats that sharp calls differently. */
const CODECS: Readonly<Record<string, string>> = { jpeg: 'mjpeg', heif: 'av1' };

/** Returns true when sharp reads files with this name, provided that the content matches. */
export function isStill(file: string): boolean {
  return EXTENSIONS.has(extensionOf(file));
}

/**
 * Reads the header without decoding pixels.
 *
 * @param picture the file's bytes, or its path when it is too large for memory.
 * @throws MediaProblem when the header is invalid, or the picture exceeds the limit.
 */
export async function readStill(picture: string | Buffer, file: string): Promise<StillReader> {
  const metadata = await speaking(file, () => decoder(picture).metadata());
  const { width, height } = metadata.autoOrient;
  if (width * height > MAX_PIXELS) {
    throw new MediaProblem(
      `${nounOf(file)} claims to be ${width} x ${height} pixels, which is more than can be read.`,
      {
        final: true,
      },
    );
  }
  return {
    facts: { ...UNKNOWN_FACTS, width, height, codec: CODECS[metadata.format] ?? metadata.format },
    details: detailsOf({ ...tagsOf(metadata, picture), still: stillDetails(metadata) }),
    render: async () => {
      checkRoom(wholeSize(metadata), nounOf(file));
      const bytes = decodedSize({ width, height }, metadata.channels);
      return inTurn(bytes, () => speaking(file, () => decodeSmall(picture, isWide(metadata))));
    },
  };
}

/** @throws MediaProblem when the picture cannot be decoded. */
export function renderPicture(picture: string | Buffer, original: string): Promise<Pixels> {
  return speaking(original, async () => decodeSmall(picture, isWide(await decoder(picture).metadata())));
}

function isWide({ depth, icc }: Metadata): boolean {
  return depth === 'ushort' && icc !== undefined;
}

function stillDetails(metadata: Metadata): FoundDetails['still'] {
  return {
    bit_depth: metadata.bitsPerSample ?? null,
    colour_space: metadata.space,
    icc_profile: isReadable(metadata.icc) ? iccName(metadata.icc) : null,
    has_alpha: metadata.hasAlpha,
    orientation: metadata.orientation ?? null,
    pages: metadata.pages ?? null,
  };
}

function tagsOf(metadata: Metadata, picture: string | Buffer): FoundDetails {
  const { exif, xmp, iptc, format } = metadata;
  // libvips does not expose the EXIF of TIFF, which is stored in the TIFF itself.
  const inFile = format === 'tiff' && typeof picture !== 'string' ? pictureTags(picture) : null;
  const ofExif = isReadable(exif) ? pictureTags(exif) : inFile;
  const ofXmp = isReadable(xmp) ? pictureTags(xmp) : null;
  const joined = joinTags(ofXmp, ofExif);
  return { ...joined, captured_at: joined.captured_at ?? (isReadable(iptc) ? iptcTime(iptc) : null) };
}

/** Merges tags: those that people wrote later, in XMP, take precedence over the camera's. */
function joinTags(first: FoundDetails | null, second: FoundDetails | null): FoundDetails {
  if (first === null || second === null) return first ?? second ?? {};
  const [a, b] = [detailsOf(first), detailsOf(second)];
  return {
    ...b,
    ...a,
    captured_at: b.captured_at ?? a.captured_at,
    camera: { ...b.camera, ...a.camera },
    description: { ...b.description, ...a.description },
  };
}

/**
 * Returns the bytes that sharp holds at once: interlaced, progressive and rotated pictures and some formats are held
 * whole; others are read in strips.
 */
function wholeSize({ format, isProgressive, orientation = 1, width, height, channels, depth }: Metadata): number {
  if (!isProgressive && orientation < 5 && !WHOLE.has(format)) return 0;
  return width * height * channels * (BYTES[depth] ?? 8);
}
const WHOLE = new Set(['gif', 'heif', 'webp']);
const BYTES: Readonly<Record<string, number>> = { char: 1, uchar: 1, short: 2, ushort: 2, int: 4, uint: 4, float: 4 };

async function speaking<T>(file: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw new MediaProblem(describeStillError(error, file, nounOf(file)), { cause: error });
  }
}
