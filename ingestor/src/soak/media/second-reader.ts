/** Decodes a picture with a program that the ingestor did not use for it, so that people can compare the two. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { extensionOf } from '../../scan/names/file-types.ts';

export type Reader = 'sharp' | 'oiiotool' | 'ffmpeg';

export interface SecondDecode {
  readonly reader: string;
  /** PNG bytes. */
  readonly png: Buffer;
}

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;
const MAX_OUTPUT = 256 * 1024 * 1024;
/** Background of transparent pictures, as in thumbnails. */
const NEUTRAL = '#777777';

/**
 * ImageMagick's names of the formats that it reads natively; without a name it would guess, and follow references in
 * the file.
 */
const COOKED: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    AVIF: 'avif avifs',
    BMP: 'bmp dib',
    CIN: 'cin',
    DDS: 'dds',
    DPX: 'dpx',
    EXR: 'exr mxr sxr',
    FITS: 'fits',
    GIF: 'gif',
    HDR: 'hdr rgbe',
    HEIC: 'heic heics heif hif',
    ICO: 'ico',
    J2K: 'j2c j2k',
    JP2: 'jp2',
    JPEG: 'jpg jpeg jpe jfif jfi jif',
    PAM: 'pam',
    PCD: 'pcd',
    PCX: 'pcx',
    PFM: 'pfm',
    PICT: 'pct pict',
    PNG: 'png',
    PNM: 'pnm ppm pgm pbm',
    PSB: 'psb',
    PSD: 'psd pdd',
    RLA: 'rla',
    SGI: 'sgi rgb rgba bw',
    SUN: 'ras',
    TGA: 'tga tpic',
    TIFF: 'tif tiff tx dng',
    WEBP: 'webp',
    XWD: 'xwd',
  }).flatMap(([format, extensions]) => extensions.split(' ').map((extension) => [extension, format])),
);

/**
 * Tries ImageMagick, then ffmpeg, then oiiotool, skipping the program that the ingestor used.
 *
 * @param ours null when no reader here supports the file, so every program is tried.
 * @returns the decode, or the reason why there is none, in a few words.
 */
export async function secondDecode(file: string, ours: Reader | null): Promise<SecondDecode | string> {
  const extension = extensionOf(file);
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-second-'));
  const name = `picture.${extension}`;
  const format = COOKED[extension];
  const readers: readonly (readonly [reader: string, command: string, args: readonly string[]])[] = [
    ...(format === undefined
      ? []
      : [['ImageMagick', 'convert', imageMagickArguments(`${format}:${name}[0]`)] as const]),
    ...(ours === 'ffmpeg' ? [] : [['ffmpeg', 'ffmpeg', ffmpegArguments(name)] as const]),
    ...(ours === 'oiiotool' ? [] : [['oiiotool', 'oiiotool', [name, '-d', 'uint8', '-o', 'second.png']] as const]),
  ];
  const failures: string[] = [];
  try {
    await symlink(file, path.join(folder, name));
    for (const [reader, command, args] of readers) {
      try {
        await run(command, [...args], { cwd: folder, timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT });
        return { reader, png: await readFile(path.join(folder, 'second.png')) };
      } catch (error) {
        const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
        failures.push(`${reader} ${isMissing ? 'is not installed' : 'cannot read it'}`);
      }
    }
    return `no second reader: ${failures.join(', ')}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function imageMagickArguments(input: string): string[] {
  return [
    ...['-limit', 'memory', '1GiB', '-limit', 'time', '60', input],
    // Also places a data window in its display window.
    ...['-auto-orient', '-background', NEUTRAL, '-flatten', '-colorspace', 'sRGB', '-depth', '8', 'PNG:second.png'],
  ];
}

function ffmpegArguments(name: string): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-y', ...(name.endsWith('.exr') ? ['-apply_trc', 'iec61966_2_1'] : [])],
    ...['-i', name, '-frames:v', '1', '-update', '1', 'second.png'],
  ];
}
