/**
 * What a picture file is by its first bytes. Names lie, and libvips would read more kinds of file than
 * it should of what clients send: SVG, for one, which is a program of sorts.
 */

/** Kinds that sharp reads. */
export type StillFormat = 'avif' | 'gif' | 'jpeg' | 'png' | 'tiff' | 'webp';

/** Enough of a file for `stillFormat`, in bytes. */
export const SIGNATURE_SIZE = 64;

/** @returns null: none of these, so other programs have to try. */
export function stillFormat(bytes: Buffer): StillFormat | null {
  const text = bytes.toString('latin1', 0, SIGNATURE_SIZE);
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp';
  // Classic and BigTIFF, either byte order. Raw files of cameras begin alike: their names tell them apart.
  if (['II*\0', 'II+\0', 'MM\0*', 'MM\0+'].includes(text.slice(0, 4))) return 'tiff';
  if (text.startsWith('ftyp', 4) && isAvif(text, bytes)) return 'avif';
  return null;
}

/** ISO/IEC 23008-12: one of the brands in the first box; what is HEVC inside is not for sharp. */
function isAvif(text: string, bytes: Buffer): boolean {
  const end = Math.min(text.length, bytes.readUInt32BE(0));
  for (let at = 8; at + 4 <= end; at += 4) {
    if (/avi[fs]/.test(text.slice(at, at + 4))) return true;
  }
  return false;
}
