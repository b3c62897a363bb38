/** Parses the intermediate pictures that ffmpeg and oiiotool write: binary PPM, 8 bits a channel. */
import type { Pixels } from './pixels.ts';

/** @returns null when the bytes are not such a picture, or are truncated. */
export function parsePpm(bytes: Buffer): Pixels | null {
  const header = /^P6\s(?:#[^\n]*\n)*(\d{1,6})\s+(\d{1,6})\s+255\s/.exec(bytes.subarray(0, 200).toString('latin1'));
  if (header === null) return null;
  const [width, height] = [Number(header[1]), Number(header[2])];
  const size = width * height * 3;
  const data = bytes.subarray(header[0].length, header[0].length + size);
  return data.length === size && size > 0 ? { width, height, channels: 3, data } : null;
}
