/**
 * EXR, DPX, Cineon and other stills of film work, through OpenImageIO's `oiiotool`: what it says about
 * a file, and the arguments that make a picture for a display of it.
 */
import { type FilmHeader, parseFilmHeader } from './film-header.ts';
import { runTool } from './run-tool.ts';

const INFO_TIMEOUT_MS = 60_000;

/** ffprobe's names for OpenImageIO's formats. */
const CODECS: Readonly<Record<string, string>> = { openexr: 'exr', targa: 'targa', jpeg2000: 'jpeg2000' };

export function filmCodec(header: FilmHeader): string {
  return CODECS[header.format] ?? header.format;
}

/**
 * @param name a file in `folder` whose name has no sign that oiiotool would expand.
 * @throws ToolFailure, MediaProblem
 */
export async function readFilmHeader(name: string, folder: string, signal: AbortSignal): Promise<FilmHeader> {
  const options = { signal, timeoutMs: INFO_TIMEOUT_MS, cwd: folder };
  const { stdout } = await runTool('oiiotool', ['--info', '-v', name], options);
  return parseFilmHeader(stdout.toString());
}

/**
 * The indices of the three channels to look at: R, G, B; else those of the first layer that has them
 * (the left eye of a stereo file); else the first channel alone, as grey.
 */
export function displayChannels(channels: readonly string[]): [number, number, number] {
  const names = channels.map((name) => name.toLowerCase());
  const layers = ['', ...names.filter((name) => /\.r(?:ed)?$/.test(name)).map((name) => name.replace(/[^.]+$/, ''))];
  for (const layer of layers) {
    const [red, green, blue] = ['r', 'g', 'b'].map((colour) =>
      names.findIndex(
        (name) => name === layer + colour || name === layer + { r: 'red', g: 'green', b: 'blue' }[colour],
      ),
    );
    if (red !== undefined && green !== undefined && blue !== undefined && Math.min(red, green, blue) >= 0) {
      return [red, green, blue];
    }
  }
  const luminance = Math.max(0, names.indexOf('y'));
  return [luminance, luminance, luminance];
}

/** The largest size of the same shape within the bounds, never larger than it is; at least 1 pixel. */
export function fitWithin(
  size: { width: number; height: number },
  bounds: { width: number; height: number },
): { width: number; height: number } {
  const scale = Math.min(1, bounds.width / size.width, bounds.height / size.height);
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) };
}

/**
 * The operations that turn such a file into 8-bit sRGB, cut or padded to its display window. Values are
 * clamped before they are resized, so that a highlight does not outshine what is around it, and light is
 * averaged as light, before it is encoded.
 */
export function displayArguments(header: FilmHeader, bounds: { width: number; height: number }): string[] {
  const size = fitWithin(header, bounds);
  const resized = size.width !== header.width || size.height !== header.height;
  return [
    ...(header.deep ? ['--flatten'] : []),
    ...['--ch', displayChannels(header.channels).join(','), '--chnames', 'R,G,B'],
    ...['--fixnan', 'box3', '--clamp:min=0:max=1', '--croptofull'],
    // Its default filter costs more than all the rest.
    ...(resized ? ['--resize:filter=triangle', `${size.width}x${size.height}`] : []),
    ...TRANSFORMS[header.encoding],
    ...['-d', 'uint8'],
  ];
}

const TRANSFORMS: Readonly<Record<FilmHeader['encoding'], readonly string[]>> = {
  linear: ['--colorconvert', 'linear', 'sRGB'],
  // Cineon's printing density: black at code 95 and white at 685 of 1023. The exponent brings the
  // stretched code values to within 0.05 of the exact curve (0.002 density a code, gamma 0.6) through
  // sRGB; the exact one needs an OpenColorIO configuration, which a media server rarely has.
  log: ['--contrast:black=0.0929:white=0.6696:gamma=0.68:clamp=1'],
  display: [],
};
