/**
 * Recognises a picture file by its first bytes. Names are unreliable, and libvips would read more kinds of client file
 * than it should: SVG, for one, is almost a program.
 */

/** Formats that sharp reads. */
export type StillFormat = 'avif' | 'gif' | 'jpeg' | 'png' | 'tiff' | 'webp';

/** Bytes of a file that `stillFormat` needs. */
export const SIGNATURE_SIZE = 64;

/** @returns null for other formats, which other programs have to try. */
export function stillFormat(bytes: Buffer): StillFormat | null {
  const text = bytes.toString('latin1', 0, SIGNATURE_SIZE);
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp';
  // Classic and BigTIFF, either byte order. Raw files of cameras begin the same way and differ by name.
  if (['II*\0', 'II+\0', 'MM\0*', 'MM\0+'].includes(text.slice(0, 4))) return 'tiff';
  if (text.startsWith('ftyp', 4) && isAvif(text, bytes)) return 'avif';
  return null;
}

/** ISO/IEC 23008-12: checks the brands in the first box; files with HEVC content are not for sharp. */
function isAvif(text: string, bytes: Buffer): boolean {
  const end = Math.min(text.length, bytes.readUInt32BE(0));
  for (let at = 8; at + 4 <= end; at += 4) {
    if (/avi[fs]/.test(text.slice(at, at + 4))) return true;
  }
  return false;
}
