/**
 * Reads stills that sharp does not: EXR, DPX, HEIC, camera raw and the other formats of `oiiotool`; ffmpeg is the
 * fallback.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { extensionOf } from '../../scan/names/file-types.ts';
import { exrFrameHeader } from '../exr/exr-frame-header.ts';
import {
  bytesOf,
  dataSize,
  fitWithin,
  frameCodec,
  readExr,
  readFrameHeader,
  shownSize,
  stillArguments,
} from '../exr/frame.ts';
import type { FrameHeader } from '../exr/frame-header.ts';
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
/** Most bytes of a picture on a pipe. */
const MAX_PICTURE = 512 * 1024 * 1024;

export type Program = 'oiiotool' | 'ffmpeg';

/** Returns this host's readers for such a file, in the order in which they are tried. */
export function toolReaders(file: string, context: MediaContext, order: readonly Program[]): OpenReader[] {
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
  const header = await withLink(file, context, (link, folder) => readFrameHeader(link, folder, signal));
  for (const size of [header, dataSize(header)]) {
    if (size.width * size.height <= MAX_PIXELS) continue;
    throw new MediaProblem(
      `${nounOf(file)} claims to be ${size.width} x ${size.height} pixels, which is more than can be read.`,
      {
        final: true,
      },
    );
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

function factsOf(header: FrameHeader): MediaFacts {
  return {
    ...UNKNOWN_FACTS,
    width: header.width,
    height: header.height,
    frame_rate_numerator: header.frameRate?.numerator ?? null,
    frame_rate_denominator: header.frameRate?.denominator ?? null,
    codec: frameCodec(header),
  };
}

async function display(
  link: string,
  folder: string,
  header: FrameHeader,
  file: string,
  signal: AbortSignal,
): Promise<Pixels> {
  const shown = await displayed(link, folder, header, header.cover, signal);
  if (header.cover === null || !(await coversNothing(shown))) return renderPicture(shown, file);
  // Without any coverage the alpha channel was never filled, so the colours are shown alone.
  return renderPicture(await displayed(link, folder, header, null, signal), file);
}

async function displayed(
  link: string,
  folder: string,
  header: FrameHeader,
  cover: number | null,
  signal: AbortSignal,
): Promise<Buffer> {
  const size = fitWithin(shownSize(header), { width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE });
  const made = ['--compression', 'none', '-o', 'display.tif'];
  const options = { signal, timeoutMs: TIMEOUT_MS, cwd: folder };
  // Keeps the colours as stored, unless they are composited over a background.
  const input = [...(cover === null ? ['--no-autopremult'] : []), '-i', link];
  await runTool('oiiotool', [...input, ...stillArguments(header, size, cover), ...made], options);
  return readFile(path.join(folder, 'display.tif'));
}

async function coversNothing(picture: Buffer): Promise<boolean> {
  const { channels } = await sharp(picture).stats();
  return channels[3]?.max === 0;
}

/** ffmpeg decodes the picture to find its size, so the picture is kept. */
async function readByFfmpeg(file: string, context: MediaContext): Promise<StillReader> {
  const options = { signal: context.signal, timeoutMs: TIMEOUT_MS, maxOutput: MAX_PICTURE };
  const exr = await readExr(file);
  const header = exr === null ? null : exrFrameHeader(exr);
  if (exr !== null && !(await isExrWhole(file, exr))) {
    throw new MediaProblem(`${nounOf(file)} is damaged or incomplete: pixels are missing at its end.`);
  }
  if (header !== null && !isPlain(header)) {
    throw new MediaProblem(
      `${nounOf(file)} has parts, layers or colours that only oiiotool shows correctly: install it on ${context.host} (apt-get install openimageio-tools), then ingest the package again.`,
    );
  }
  // Only EXR states its size in advance; other files that ffmpeg alone reads are rare, and small ones soon end their
  // turn.
  const bytes = header === null ? Number.POSITIVE_INFINITY : bytesOf(header);
  const png = await withLink(file, context, async (link, folder) => {
    const { stdout } = await inTurn(bytes, () => runTool('ffmpeg', ffmpegArguments(link), { ...options, cwd: folder }));
    return stdout;
  });
  const { facts, render } = await readStill(png, file);
  if (header !== null) return { facts: factsOf(header), details: header.details, render };
  return { facts: { ...facts, codec: extensionOf(file) || null }, details: {}, render };
}

/** Returns true when ffmpeg shows the picture correctly: ffmpeg supports neither parts nor primaries. */
function isPlain({ part, shown, deep, toRec709 }: FrameHeader): boolean {
  return part === 0 && !deep && toRec709 === null && shown.join().toUpperCase() === 'R,G,B';
}

/** Builds arguments that write one still as PNG to standard output, with EXR's scene-linear light converted to sRGB. */
function ffmpegArguments(link: string): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-xerror', '-err_detect', 'explode', '-max_pixels', String(MAX_PIXELS)],
    ...(link.endsWith('.exr') ? ['-apply_trc', 'iec61966_2_1'] : []),
    // A playlist that is named like a picture must not lead to other files.
    ...demuxer(link),
    ...['-i', link],
    ...(/\.(?:exr|dpx|cin)$/.test(link) ? ['-vf', SQUARE_PIXELS] : []),
    ...['-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', 'pipe:1'],
  ];
}

/** ffmpeg treats AVIF sequences as videos, and Amiga pictures need a demuxer of their own. */
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
