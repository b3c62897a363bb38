/**
 * The frames of an EXR, DPX or Cineon sequence as 8-bit RGB, in their order: `oiiotool` makes some at a
 * time, several processes side by side, and each is removed as soon as it was taken, so that the disk
 * holds a few dozen however long the sequence is.
 */
import { readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Size } from '../picture/picture-size.ts';
import { fromPixels } from '../picture/pixels.ts';
import { parsePpm } from '../picture/ppm.ts';
import { inTurn, isLarge, sideBySide } from '../tools/large-pictures.ts';
import { HOST_WORDS } from '../tools/media-problem.ts';
import { runTool, ToolFailure } from '../tools/run-tool.ts';

/** A process takes some milliseconds to start. */
const FRAMES_AT_ONCE = 8;
const MOST_PROCESSES = 8;
/** A frame; 8K float on a drive that is far away. */
const TIMEOUT_MS = 180_000;

export interface FilmFramesOptions {
  /** Holds the frames' links, numbered from 1. */
  readonly folder: string;
  /** With its dot. */
  readonly extension: string;
  readonly count: number;
  /** What oiiotool does with each, by its position. */
  readonly operations: readonly (readonly string[])[];
  /** Of the pictures. */
  readonly size: Size;
  /** Of a frame as it is decoded, before it is made smaller. */
  readonly bytes: number;
  readonly signal: AbortSignal;
}

/** Null stands for a frame that cannot be read. */
export async function* filmFrames(options: FilmFramesOptions): AsyncGenerator<Buffer | null> {
  const { count, bytes } = options;
  const running: Promise<unknown>[] = [];
  const side = sideBySide(bytes, Math.min(MOST_PROCESSES, availableParallelism()));
  // Others get their turn between two large frames, and each has all of its time.
  const batch = isLarge(bytes) ? 1 : FRAMES_AT_ONCE;
  let begun = 0;
  const begin = (): void => {
    const work = convert(begun + 1, Math.min(count, begun + batch), options);
    // Its error is thrown where it is awaited, in turn.
    work.catch(() => {});
    running.push(work);
    begun += batch;
  };
  while (running.length < side && begun < count) begin();
  for (let first = 1; first <= count; first += batch) {
    await running.shift();
    for (let frame = first; frame < Math.min(count + 1, first + batch); frame++) {
      yield await take(frame, options);
    }
    // After it was taken: so many are never on disk at once.
    if (begun < count) begin();
  }
}

/** Makes what can be made of the frames; one that ends the program is left out. */
async function convert(first: number, last: number, options: FilmFramesOptions): Promise<void> {
  // Frames that are not alike are not shown alike.
  const unlike = firstUnlike(first, last, options);
  if (unlike <= last) {
    await convert(first, unlike - 1, options);
    await convert(unlike, last, options);
    return;
  }
  try {
    await oiiotool(first, last, options);
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof ToolFailure) || error.reason === 'missing' || HOST_WORDS.test(error.lastWords)) throw error;
    // It skips damaged frames, and says so with its exit code. One that crashes it takes the rest along.
    if (error.reason === 'exit' || first === last) return;
    for (let frame = first; frame <= last; frame++) await convert(frame, frame, options);
  }
}

/** @returns the first frame after `first` with which something else is done. */
function firstUnlike(first: number, last: number, { operations }: FilmFramesOptions): number {
  let frame = first + 1;
  while (frame <= last && operations[frame - 1] === operations[first - 1]) frame += 1;
  return frame;
}

async function oiiotool(first: number, last: number, options: FilmFramesOptions) {
  const { folder, extension, operations, bytes, signal } = options;
  const args = [
    ...['--threads', '1', '--frames', `${first}-${last}`, '--skip-bad-frames', `%06d${extension}`],
    ...[...(operations[first - 1] ?? []), '-o', 'shown.%06d.ppm'],
  ];
  await inTurn(bytes, () => runTool('oiiotool', args, { signal, timeoutMs: TIMEOUT_MS, cwd: folder }));
}

async function take(frame: number, { folder, size }: FilmFramesOptions): Promise<Buffer | null> {
  const file = path.join(folder, `shown.${String(frame).padStart(6, '0')}.ppm`);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  await rm(file);
  const picture = parsePpm(bytes);
  if (picture === null) return null;
  if (picture.width === size.width && picture.height === size.height) return picture.data;
  // A frame of another size than the rest.
  return fromPixels(picture).resize(size.width, size.height, { fit: 'contain' }).raw().toBuffer();
}
