/** Decodes a sequence that oiiotool reads: each frame is piped to ffmpeg as soon as it is converted. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { SEQUENCE_FRAME_RATE } from '@ingesthub/schema/library/derivatives.ts';
import {
  bytesOf,
  displayArguments,
  fittingArguments,
  fitWithin,
  readExrStill,
  readFrameHeader,
  shownSize,
} from '../exr/frame.ts';
import type { FrameHeader } from '../exr/frame-header.ts';
import { evenWithin, proxySize, type Size, tileSize } from '../picture/picture-size.ts';
import { linkNumbered } from '../tools/derivative-store.ts';
import { checkRoom } from '../tools/large-pictures.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import { ToolFailure } from '../tools/run-tool.ts';
import { decode } from './decode.ts';
import type { SequenceWork } from './derive-sequence.ts';
import { oiiotoolFrames } from './oiiotool-frames.ts';
import { pictureFilters } from './picture-filters.ts';
import { THUMBNAIL_BOUNDS } from './place-derivatives.ts';
import { withStandInMark } from './stand-in-mark.ts';
import { timeLimit } from './time-limit.ts';

/** Frames whose headers are tried when the first ones are damaged. */
const HEADERS = 9;

/** @returns the number of frames that cannot be read. */
export async function decodeByOiiotool(work: SequenceWork, signal: AbortSignal): Promise<number> {
  const { proxyFrames, missing, extension } = work;
  const folder = path.join(work.folder, 'frames');
  await mkdir(folder);
  const links = await linkNumbered(work.files, folder);
  const header = await readableHeader(links, folder, signal);
  const rate = work.rate ?? header.frameRate ?? SEQUENCE_FRAME_RATE;
  const bytes = bytesOf(header);
  checkRoom(bytes, 'A frame of this sequence');
  const shown = shownSize(header);
  const size = proxySize(shown, work.lines);

  // Stops oiiotool when ffmpeg ends early.
  const ended = new AbortController();
  const frames = oiiotoolFrames({
    ...{ folder, extension, count: links.length, size, bytes },
    operations: await operationsOf(links, folder, header, size),
    signal: AbortSignal.any([signal, ended.signal]),
  });
  const counted = { damaged: 0 };
  const fraction = `${rate.numerator}/${rate.denominator}`;
  const seconds = (proxyFrames.length * rate.denominator) / rate.numerator;
  try {
    await decode(
      {
        input: [
          ...['-f', 'rawvideo', '-pixel_format', 'rgb24', '-video_size', `${size.width}x${size.height}`],
          ...['-framerate', fraction, '-i', 'pipe:0'],
        ],
        picture: {
          filters: pictureFilters(rgbPicture(shown), size),
          proxy: missing.proxy === undefined ? null : { variableRate: false, frameRate: fraction },
          sheet: missing.sprite === undefined ? null : { tile: tileSize(shown), seconds },
          thumbnail:
            missing.thumbnail === undefined
              ? null
              : {
                  size: evenWithin(size, THUMBNAIL_BOUNDS),
                  atSeconds: ((work.middle - 0.5) / proxyFrames.length) * seconds,
                },
        },
        sound: null,
      },
      {
        ...{ folder: work.folder, signal, transform: null, frames: shownFrames(frames, work, size, counted) },
        timeoutMs: timeLimit(seconds, header.width * header.height * 4),
      },
    );
  } finally {
    ended.abort(new Error('the video is complete'));
    await frames.return(null).catch(() => {});
  }
  return counted.damaged;
}

/** Yields one picture for each frame of the proxy; a missing or damaged frame repeats the last picture, marked. */
async function* shownFrames(
  frames: AsyncGenerator<Buffer | null>,
  { proxyFrames }: SequenceWork,
  size: Size,
  counted: { damaged: number },
): AsyncGenerator<Buffer> {
  let shown = Buffer.alloc(size.width * size.height * 3);
  let marked: Buffer | null = null;
  for (const { standIn } of proxyFrames) {
    if (!standIn) {
      const { value } = await frames.next();
      if (value) [shown, marked] = [value, null];
      else counted.damaged += 1;
      if (value) {
        yield shown;
        continue;
      }
    }
    marked ??= withStandInMark(shown, size);
    yield marked;
  }
}

/**
 * Returns oiiotool's operations for each frame. Every EXR header is read, which costs a short read each: a frame with
 * other channels, another part or another size would otherwise be shown wrongly.
 */
async function operationsOf(
  links: readonly string[],
  folder: string,
  header: FrameHeader,
  size: Size,
): Promise<(readonly string[])[]> {
  if (header.format !== 'openexr') {
    const fits = header.pixelAspect === 1 && !hasWindow(header);
    const made = fits ? fittingArguments(header, size) : displayArguments(header, size);
    return links.map(() => made);
  }
  const usual = displayArguments(header, size);
  const known = new Map([[usual.join('\n'), usual]]);
  const operations: (readonly string[])[] = [];
  for (const link of links) {
    // A frame with a broken header fails separately.
    const own = await readExrStill(path.join(folder, link)).catch(() => null);
    const isAlike = own === null || (own.width === header.width && own.height === header.height);
    const made = own === null ? usual : displayArguments(own, isAlike ? size : fitWithin(shownSize(own), size));
    const key = made.join('\n');
    operations.push(known.get(key) ?? made);
    if (!known.has(key)) known.set(key, made);
  }
  return operations;
}

function hasWindow({ details }: FrameHeader): boolean {
  const { data_window: data, display_window: display } = details.frame ?? {};
  return data?.join() !== display?.join();
}

async function readableHeader(links: readonly string[], folder: string, signal: AbortSignal): Promise<FrameHeader> {
  const middle = Math.floor((links.length - 1) / 2);
  const spread = Array.from({ length: HEADERS }, (_, index) =>
    Math.round((index * (links.length - 1)) / (HEADERS - 1)),
  );
  let failure: unknown = null;
  for (const index of new Set([middle, ...spread])) {
    try {
      return await readFrameHeader(links[index] ?? '', folder, signal);
    } catch (error) {
      const isDamaged = error instanceof MediaProblem || (error instanceof ToolFailure && error.reason !== 'missing');
      if (!isDamaged) throw error;
      failure ??= error;
    }
  }
  throw failure;
}

function rgbPicture(shown: Size) {
  return {
    shown,
    pixels: shown.width * shown.height,
    firstField: null,
    rotated: false,
    hasAlpha: false,
    variableRate: false,
    colour: { matrix: null, range: 'full', transform: null },
  } as const;
}
