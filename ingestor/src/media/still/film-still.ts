/**
 * Stills that sharp does not read: EXR, DPX, HEIC, camera raw and what else `oiiotool` knows; where it
 * does not, ffmpeg is asked.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { extensionOf } from '../../scan/names/file-types.ts';
import { exrFilmHeader } from '../exr/exr-film-header.ts';
import {
  bytesOf,
  dataSize,
  filmCodec,
  fitWithin,
  readExr,
  readFilmHeader,
  shownSize,
  stillArguments,
} from '../exr/film.ts';
import type { FilmHeader } from '../exr/film-header.ts';
import { isExrWhole } from '../exr/is-exr-whole.ts';
import { type MediaFacts, UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { MAX_PIXELS, type Pixels, THUMBNAIL_EDGE } from '../picture/pixels.ts';
import { linkNumbered } from '../tools/derivative-store.ts';
import { checkRoom, inTurn } from '../tools/large-pictures.ts';
import { beyondFfmpeg, MediaProblem, missingTool } from '../tools/media-problem.ts';
import { type MediaContext, nounOf } from '../tools/media-source.ts';
import { runTool } from '../tools/run-tool.ts';
import type { OpenReader } from './read-first.ts';
import { readStill, renderPicture } from './still.ts';
import type { StillReader } from './still-reader.ts';

const TIMEOUT_MS = 180_000;
/** Bytes of a picture on a pipe. */
const MAX_PICTURE = 512 * 1024 * 1024;

export type Program = 'oiiotool' | 'ffmpeg';

/** The readers of this host for such a file, in the order in which they are asked. */
export function filmReaders(file: string, context: MediaContext, order: readonly Program[]): OpenReader[] {
  const { tools, host } = context;
  const open = { oiiotool: () => readByOiiotool(file, context), ffmpeg: () => readByFfmpeg(file, context) };
  if (tools.oiiotool !== null) return order.filter((name) => tools[name] !== null).map((name) => open[name]);
  if (tools.ffmpeg === null) return [() => Promise.reject(new MediaProblem(missingTool('oiiotool', host)))];
  return [
    () =>
      open.ffmpeg().catch((error: unknown) => {
        throw beyondFfmpeg(error, nounOf(file), host);
      }),
  ];
}

async function readByOiiotool(file: string, context: MediaContext): Promise<StillReader> {
  const { signal } = context;
  const header = await withLink(file, context, (link, folder) => readFilmHeader(link, folder, signal));
  for (const size of [header, dataSize(header)]) {
    if (size.width * size.height <= MAX_PIXELS) continue;
    throw new MediaProblem(`${nounOf(file)} claims to be ${size.width} x ${size.height} pixels, which is not read.`, {
      final: true,
    });
  }
  const bytes = bytesOf(header);
  return {
    facts: factsOf(header),
    details: header.details,
    render: async () => {
      checkRoom(bytes, nounOf(file));
      return inTurn(bytes, () =>
        withLink(file, context, (link, folder) => display(link, folder, header, file, signal)),
      );
    },
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
  const shown = await displayed(link, folder, header, header.cover, signal);
  if (header.cover === null || !(await coversNothing(shown))) return renderPicture(shown, file);
  // A channel that nothing was ever put into: the colours are there all the same.
  return renderPicture(await displayed(link, folder, header, null, signal), file);
}

async function displayed(
  link: string,
  folder: string,
  header: FilmHeader,
  cover: number | null,
  signal: AbortSignal,
): Promise<Buffer> {
  const size = fitWithin(shownSize(header), { width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE });
  const made = ['--compression', 'none', '-o', 'display.tif'];
  const options = { signal, timeoutMs: TIMEOUT_MS, cwd: folder };
  // Colours as they are stored, unless they are to be shown over something.
  const input = [...(cover === null ? ['--no-autopremult'] : []), '-i', link];
  await runTool('oiiotool', [...input, ...stillArguments(header, size, cover), ...made], options);
  return readFile(path.join(folder, 'display.tif'));
}

async function coversNothing(picture: Buffer): Promise<boolean> {
  const { channels } = await sharp(picture).stats();
  return channels[3]?.max === 0;
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
  // Only EXR says before how large it is; what ffmpeg alone reads is rare, and small pictures soon let the next one on.
  const bytes = header === null ? Number.POSITIVE_INFINITY : bytesOf(header);
  const png = await withLink(file, context, async (link, folder) => {
    const { stdout } = await inTurn(bytes, () => runTool('ffmpeg', ffmpegArguments(link), { ...options, cwd: folder }));
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
    ...['-v', 'error', '-nostdin', '-xerror', '-err_detect', 'explode', '-max_pixels', String(MAX_PIXELS)],
    ...(link.endsWith('.exr') ? ['-apply_trc', 'iec61966_2_1'] : []),
    // A playlist with a picture's name must not be followed to other files.
    ...demuxer(link),
    ...['-i', link],
    ...(/\.(?:exr|dpx|cin)$/.test(link) ? ['-vf', SQUARE_PIXELS] : []),
    ...['-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', 'pipe:1'],
  ];
}

/** Sequences of AVIF are movies to ffmpeg; pictures of the Amiga have a demuxer of their own. */
function demuxer(link: string): string[] {
  if (/\.avifs?$/.test(link)) return ['-f', 'mov'];
  return link.endsWith('.iff') ? ['-f', 'iff'] : ['-f', 'image2', '-pattern_type', 'none'];
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
