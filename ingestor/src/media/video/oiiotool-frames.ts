/**
 * Yields the frames of an EXR, DPX or Cineon sequence as 8-bit RGB, in order. `oiiotool` converts them in small
 * batches, several processes in parallel, and each file is removed once it is read, so that the disk holds a few dozen
 * frames however long the sequence is.
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

/** Several frames share the milliseconds that a process takes to start. */
const FRAMES_AT_ONCE = 8;
const MOST_PROCESSES = 8;
/** For one frame: 8K float on a slow network drive. */
const TIMEOUT_MS = 180_000;

export interface OiiotoolFramesOptions {
  /** Holds the links to the frames, numbered from 1. */
  readonly folder: string;
  /** With its dot. */
  readonly extension: string;
  readonly count: number;
  /** oiiotool's operations for each frame, by its position. */
  readonly operations: readonly (readonly string[])[];
  /** Size of the yielded pictures. */
  readonly size: Size;
  /** Bytes of a decoded frame before it is resized. */
  readonly bytes: number;
  readonly signal: AbortSignal;
}

/** Yields null for a frame that cannot be read. */
export async function* oiiotoolFrames(options: OiiotoolFramesOptions): AsyncGenerator<Buffer | null> {
  const { count, bytes } = options;
  const running: Promise<unknown>[] = [];
  const side = sideBySide(bytes, Math.min(MOST_PROCESSES, availableParallelism()));
  // Other work gets its turn between two large frames, and each frame has its full time limit.
  const batch = isLarge(bytes) ? 1 : FRAMES_AT_ONCE;
  let begun = 0;
  const begin = (): void => {
    const work = convert(begun + 1, Math.min(count, begun + batch), options);
    // The error is thrown where this promise is awaited, in order.
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
    // Only after a batch was read does the next begin, which bounds the frames on disk.
    if (begun < count) begin();
  }
}

/** Converts the frames that can be converted; a frame that crashes the tool is left out. */
async function convert(first: number, last: number, options: OiiotoolFramesOptions): Promise<void> {
  // Frames that need different operations are converted separately.
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
    // oiiotool skips damaged frames and reports them by its exit code. A frame that crashes it takes the rest of the
    // batch along.
    if (error.reason === 'exit' || first === last) return;
    for (let frame = first; frame <= last; frame++) await convert(frame, frame, options);
  }
}

/** @returns the first frame after `first` that needs other operations. */
function firstUnlike(first: number, last: number, { operations }: OiiotoolFramesOptions): number {
  let frame = first + 1;
  while (frame <= last && operations[frame - 1] === operations[first - 1]) frame += 1;
  return frame;
}

async function oiiotool(first: number, last: number, options: OiiotoolFramesOptions) {
  const { folder, extension, operations, bytes, signal } = options;
  const args = [
    ...['--threads', '1', '--frames', `${first}-${last}`, '--skip-bad-frames', `%06d${extension}`],
    ...[...(operations[first - 1] ?? []), '-o', 'shown.%06d.ppm'],
  ];
  await inTurn(bytes, () => runTool('oiiotool', args, { signal, timeoutMs: TIMEOUT_MS, cwd: folder }));
}

async function take(frame: number, { folder, size }: OiiotoolFramesOptions): Promise<Buffer | null> {
  const file = path.join(folder, `shown.${String(frame).padStart(6, '0')}.ppm`);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  await rm(file);
  const picture = parsePpm(bytes);
  if (picture === null) return null;
  if (picture.width === size.width && picture.height === size.height) return picture.data;
  // The frame has another size than the others.
  return fromPixels(picture).resize(size.width, size.height, { fit: 'contain' }).raw().toBuffer();
}
