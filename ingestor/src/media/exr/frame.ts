/**
 * Reads EXR, DPX, Cineon and other frames through OpenImageIO's `oiiotool`: parses their headers, and builds the
 * arguments that convert them for a display.
 */
import path from 'node:path';
import type { Matrix } from '../colour/primaries.ts';
import { decodedSize } from '../tools/large-pictures.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import { runTool } from '../tools/run-tool.ts';
import { ExrHeaderError, NoExr } from './exr-bytes.ts';
import { exrFrameHeader } from './exr-frame-header.ts';
import type { ExrHeader } from './exr-header.ts';
import { type FrameHeader, parseFrameHeader } from './frame-header.ts';
import { readExrHeader } from './read-exr-header.ts';

const INFO_TIMEOUT_MS = 60_000;

/** ffprobe's names for OpenImageIO's formats. */
const CODECS: Readonly<Record<string, string>> = { openexr: 'exr', targa: 'targa', jpeg2000: 'jpeg2000' };

export function frameCodec(header: FrameHeader): string {
  return CODECS[header.format] ?? header.format;
}

/**
 * @param name a file in `folder` whose name contains nothing that oiiotool would expand.
 * @throws ToolFailure, MediaProblem
 */
export async function readFrameHeader(name: string, folder: string, signal: AbortSignal): Promise<FrameHeader> {
  const exr = await readExrStill(path.join(folder, name));
  if (exr !== null) return exr;
  const options = { signal, timeoutMs: INFO_TIMEOUT_MS, cwd: folder };
  const { stdout } = await runTool('oiiotool', ['--info', '-v', name], options);
  return parseFrameHeader(stdout.toString());
}

/**
 * Reads an EXR file's own header.
 *
 * @returns null when the file is not EXR.
 * @throws MediaProblem when the header is broken.
 */
export async function readExrStill(file: string): Promise<FrameHeader | null> {
  const header = await readExr(file);
  return header === null ? null : exrFrameHeader(header);
}

/** @returns null when the file is not EXR. @throws MediaProblem when the header is broken. */
export async function readExr(file: string): Promise<ExrHeader | null> {
  try {
    return await readExrHeader(file);
  } catch (error) {
    if (error instanceof NoExr) return null;
    if (!(error instanceof ExrHeaderError)) throw error;
    throw new MediaProblem(`The EXR file is damaged or incomplete: ${error.message}.`, { cause: error });
  }
}

/** Returns the size in square pixels at which a file is shown. Aspect ratios beyond any lens are errors in the file. */
export function shownSize({ width, height, pixelAspect }: FrameHeader): { width: number; height: number } {
  return { width: width * (pixelAspect >= 0.1 && pixelAspect <= 10 ? pixelAspect : 1), height };
}

/** Returns the bytes that decoding such a file takes: for the stored or the shown picture, whichever is larger. */
export function bytesOf(header: FrameHeader): number {
  const channels = header.details.frame?.channels?.length ?? 3;
  return Math.max(...[header, dataSize(header)].map((size) => decodedSize(size, channels)));
}

/** Returns the size of the stored pixels, wherever they are placed; 0 when the header does not state it. */
export function dataSize({ details }: FrameHeader): { width: number; height: number } {
  const [left, top, right, bottom] = details.frame?.data_window ?? [0, 0, 0, 0];
  return { width: right - left, height: bottom - top };
}

/** Returns the largest size with the same aspect ratio within the bounds: never enlarged, at least 1 pixel a side. */
export function fitWithin(
  size: { width: number; height: number },
  bounds: { width: number; height: number },
): { width: number; height: number } {
  const scale = Math.min(1, bounds.width / size.width, bounds.height / size.height);
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) };
}

/**
 * Returns the operations that turn such a file into 8-bit sRGB of the given size, cropped or padded to its display
 * window. Values are clamped before resizing, so that a highlight does not outshine its surroundings, and light is
 * averaged before it is encoded.
 */
export function displayArguments(header: FrameHeader, size: { width: number; height: number }): string[] {
  const { width, height } = header;
  const resized = size.width !== width || size.height !== height;
  return [
    ...toDisplayWindow(header, `${width}x${height}`),
    // The default filter costs more than all other operations together.
    ...(resized ? ['--resize:filter=triangle', `${size.width}x${size.height}`] : []),
    ...TRANSFORMS[header.encoding],
    ...['-d', 'uint8'],
  ];
}

/**
 * Like `displayArguments`, for square-pixel frames without a window, of which only one has been read: each frame is
 * fitted into the size separately, with black bars.
 */
export function fittingArguments(header: FrameHeader, size: { width: number; height: number }): string[] {
  return [
    ...toDisplayWindow(header, '{TOP.width}x{TOP.height}'),
    ...['--fit:filter=triangle:pad=1', `${size.width}x${size.height}`],
    ...TRANSFORMS[header.encoding],
    ...['-d', 'uint8'],
  ];
}

/** @param size of the window, in oiiotool's syntax. */
function toDisplayWindow(header: FrameHeader, size: string): string[] {
  const { toRec709 } = header;
  return [
    ...(header.part > 0 ? ['--subimage', String(header.part)] : []),
    ...(header.deep ? ['--flatten'] : []),
    ...['--ch', header.shown.join(','), '--chnames', 'R,G,B', '--fixnan', 'box3'],
    ...(toRec709 === null ? [] : ['--ccmatrix', columnsOf(toRec709)]),
    // Moved to the origin: formats without a display window would otherwise be cropped to the area right of and below
    // it.
    ...['--clamp:min=0:max=1', '--croptofull', '--origin', '+0+0', '--fullsize', `${size}+0+0`],
  ];
}

/**
 * Like `displayArguments`, for a still: a fourth channel keeps each pixel's coverage, and the colours of a file with a
 * profile stay as stored, in 16 bits, for a reader that knows profiles.
 *
 * @param cover the coverage channel, or null to show the picture without it.
 */
export function stillArguments(
  header: FrameHeader,
  size: { width: number; height: number },
  cover: number | null,
): string[] {
  const args = displayArguments(header.profile ? { ...header, encoding: 'display' } : header, size);
  const named = args.indexOf('--ch');
  const shown = header.shown.join(',');
  return [
    ...args.slice(0, named),
    ...(cover === null ? ['--ch', shown, '--chnames', 'R,G,B'] : []),
    // Under this name it is not an alpha channel, so the output need not declare how it relates to the colours.
    ...(cover === null ? [] : ['--unpremult', '--ch', `${shown},${cover}`, '--chnames', 'R,G,B,cover']),
    // The colours are already sRGB: a profile that remained would be applied a second time.
    ...(header.profile || header.encoding === 'display' ? [] : ['--eraseattrib', 'ICCProfile.*']),
    ...args.slice(named + 4, -1),
    header.profile ? 'uint16' : 'uint8',
  ];
}

/** oiiotool multiplies a row vector by the matrix, so the columns are written in order. */
function columnsOf([red, green, blue]: Matrix): string {
  return [0, 1, 2].flatMap((column) => [red, green, blue].map((row) => (row[column] ?? 0).toFixed(6))).join(',');
}

const TRANSFORMS: Readonly<Record<FrameHeader['encoding'], readonly string[]>> = {
  linear: ['--colorconvert', 'linear', 'sRGB'],
  // Cineon's printing density (Kodak, "Conversion of 10-bit Log Film Data", 1995): black at code 95 and white at 685 of
  // 1023, 0.002 density a code, gamma 0.6. Two powers of the stretched codes stay within 0.004 of that light as sRGB;
  // the exact curve needs an OpenColorIO configuration, which a media server rarely has.
  log: [
    '--contrast:black=0.092864:white=0.669599:clamp=1',
    ...['--dup', '--powc', '0.9', '--mulc', '0.56', '--swap', '--powc', '3.4', '--mulc', '0.44', '--add'],
  ],
  display: [],
};
