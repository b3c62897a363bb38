/**
 * Stills that sharp does not read: EXR, DPX, HEIC, camera raw and what else `oiiotool` knows; where it
 * does not, ffmpeg is asked.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { extensionOf } from '../scan/file-types.ts';
import { linkNumbered } from './derivative-store.ts';
import { exrFilmHeader } from './exr/exr-film-header.ts';
import { isExrWhole } from './exr/is-exr-whole.ts';
import { displayArguments, filmCodec, fitWithin, readExr, readFilmHeader, shownSize } from './film.ts';
import type { FilmHeader } from './film-header.ts';
import { type MediaFacts, UNKNOWN_FACTS } from './media-facts.ts';
import { beyondFfmpeg, MediaProblem, missingTool } from './media-problem.ts';
import { type MediaContext, nounOf } from './media-source.ts';
import { MAX_PIXELS, type Pixels, THUMBNAIL_EDGE } from './pixels.ts';
import { runTool, ToolFailure } from './run-tool.ts';
import { readStill, renderPicture } from './still.ts';
import type { StillReader } from './still-reader.ts';

const TIMEOUT_MS = 180_000;
/** Bytes of a picture on a pipe. */
const MAX_PICTURE = 512 * 1024 * 1024;

/** @throws ToolFailure, MediaProblem */
export async function readFilm(file: string, context: MediaContext): Promise<StillReader> {
  if (context.tools.oiiotool === null) {
    if (context.tools.ffmpeg === null) throw new MediaProblem(missingTool('oiiotool', context.host));
    return readByFfmpeg(file, context).catch((error: unknown) => {
      throw beyondFfmpeg(error, nounOf(file), context.host);
    });
  }
  try {
    return await readByOiiotool(file, context);
  } catch (error) {
    if (!(error instanceof ToolFailure) || error.reason !== 'exit' || context.tools.ffmpeg === null) throw error;
    return readByFfmpeg(file, context).catch((second: unknown) => {
      // Of two programs, the one made for such files knows better what is wrong.
      throw second instanceof ToolFailure || second instanceof MediaProblem ? error : second;
    });
  }
}

async function readByOiiotool(file: string, context: MediaContext): Promise<StillReader> {
  const { signal } = context;
  const header = await withLink(file, context, (link, folder) => readFilmHeader(link, folder, signal));
  for (const size of [header, dataSize(header)]) {
    if (size.width * size.height <= MAX_PIXELS) continue;
    throw new MediaProblem(`${nounOf(file)} claims to be ${size.width} x ${size.height} pixels, which is not read.`);
  }
  return {
    facts: factsOf(header),
    details: header.details,
    render: () => withLink(file, context, (link, folder) => display(link, folder, header, file, signal)),
  };
}

function factsOf(header: FilmHeader): MediaFacts {
  return {
    ...UNKNOWN_FACTS,
    width: header.width,
    height: header.height,
    frame_rate_numerator: header.frameRate?.numerator ?? null,
    frame_rate_denominator: header.frameRate?.denominator ?? null,
    codec: filmCodec(header),
  };
}

async function display(
  link: string,
  folder: string,
  header: FilmHeader,
  file: string,
  signal: AbortSignal,
): Promise<Pixels> {
  const size = fitWithin(shownSize(header), { width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE });
  const made = ['--compression', 'none', '-o', 'display.tif'];
  const options = { signal, timeoutMs: TIMEOUT_MS, cwd: folder };
  await runTool('oiiotool', [link, ...displayArguments(header, size), ...made], options);
  return renderPicture(await readFile(path.join(folder, 'display.tif')), file);
}

/** It decodes to know the size; so the picture is kept. */
async function readByFfmpeg(file: string, context: MediaContext): Promise<StillReader> {
  const options = { signal: context.signal, timeoutMs: TIMEOUT_MS, maxOutput: MAX_PICTURE };
  const exr = await readExr(file);
  const header = exr === null ? null : exrFilmHeader(exr);
  if (exr !== null && !(await isExrWhole(file, exr))) {
    throw new MediaProblem(`${nounOf(file)} is damaged or incomplete: pixels are missing at its end.`);
  }
  if (header !== null && !isPlain(header)) {
    throw new MediaProblem(
      `${nounOf(file)} has parts, layers or colours that only oiiotool shows right: install it on ${context.host} (apt-get install openimageio-tools), then ingest the package again.`,
    );
  }
  const png = await withLink(file, context, async (link, folder) => {
    const { stdout } = await runTool('ffmpeg', ffmpegArguments(link), { ...options, cwd: folder });
    return stdout;
  });
  const { facts, render } = await readStill(png, file);
  if (header !== null) return { facts: factsOf(header), details: header.details, render };
  return { facts: { ...facts, codec: extensionOf(file) || null }, details: {}, render };
}

/** What ffmpeg shows as it is to be seen: it knows neither parts nor primaries. */
function isPlain({ part, shown, deep, toRec709 }: FilmHeader): boolean {
  return part === 0 && !deep && toRec709 === null && shown.join().toUpperCase() === 'R,G,B';
}

/** One still as PNG on standard output; EXR's scene-linear light as sRGB. */
function ffmpegArguments(link: string): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-max_pixels', String(MAX_PIXELS)],
    ...(link.endsWith('.exr') ? ['-apply_trc', 'iec61966_2_1'] : []),
    // A playlist with a picture's name must not be followed to other files.
    ...['-f', 'image2', '-pattern_type', 'none', '-i', link],
    ...(/\.(?:exr|dpx|cin)$/.test(link) ? ['-vf', SQUARE_PIXELS] : []),
    ...['-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', 'pipe:1'],
  ];
}

const SQUARE_PIXELS = "scale='max(1,round(iw*if(between(sar,0.1,10),sar,1)))':ih";

async function withLink<T>(
  file: string,
  { store }: MediaContext,
  use: (link: string, folder: string) => Promise<T>,
): Promise<T> {
  return store.withFolder(async (folder) => {
    const [link = ''] = await linkNumbered([file], folder);
    return use(link, folder);
  });
}

function dataSize({ details }: FilmHeader): { width: number; height: number } {
  const [left, top, right, bottom] = details.film?.data_window ?? [0, 0, 0, 0];
  return { width: right - left, height: bottom - top };
}
