/** Compares the frames of a sequence and finds those that differ in size, channels or compression. */
import { open } from 'node:fs/promises';
import { frameList } from '../../scan/names/frame-list.ts';
import { NoExr } from '../exr/exr-bytes.ts';
import { readExrHeader } from '../exr/read-exr-header.ts';
import { decoder } from '../picture/pixels.ts';
import { linkNumbered } from '../tools/derivative-store.ts';
import type { MediaContext, MediaSource } from '../tools/media-source.ts';
import { runTool, ToolFailure } from '../tools/run-tool.ts';
import { SIGNATURE_SIZE, stillFormat } from './still-format.ts';

export interface FrameShape {
  /** Pixels: '1920 x 1080'. */
  readonly size: string;
  readonly channels: string;
  /** Null when unknown. */
  readonly compression: string | null;
}

/** Headers read in parallel: a network drive answers several as fast as one. */
const AT_ONCE = 8;
/** Files passed to one process. */
const BATCH = 64;
const TIMEOUT_MS = 60_000;
/** Most characters of a list of frames in a sentence. */
const LONGEST_LIST = 60;

/** @returns sentences about the differences; null when the headers show none. @throws the signal's reason */
export async function differingFrames(source: MediaSource, context: MediaContext): Promise<string | null> {
  const { frames } = source;
  if (frames === null || source.files.length < 2) return null;
  return differences(await shapesOf(source.files, context), frames);
}

/** Pure. @param shapes one for each frame; null when its header is unreadable, which is reported elsewhere. */
export function differences(shapes: readonly (FrameShape | null)[], frames: readonly number[]): string | null {
  const sentences = (['size', 'channels', 'compression'] as const).flatMap((what) => {
    const known = shapes.flatMap((shape, index) => {
      const value = shape?.[what] ?? null;
      return value === null ? [] : [{ value, frame: frames[index] ?? 0 }];
    });
    const alike = [...Map.groupBy(known, ({ value }) => value)].sort(([, a], [, b]) => b.length - a.length);
    const [most, ...others] = alike;
    if (most === undefined || others.length === 0) return [];
    const differing = others.flatMap(([, of]) => of.map(({ frame }) => frame)).sort((a, b) => a - b);
    const [example, [first]] = others[0] as [string, { frame: number }[]];
    const verb = differing.length === 1 ? 'differs' : 'differ';
    const all = differing.length === 1 ? '' : ` (${shortened(frameList(differing) ?? '')})`;
    const unit = what === 'size' ? ' pixels' : '';
    return `${differing.length} of ${shapes.length} frames ${verb} in ${what}${all}: ${first?.frame} has ${example}${unit}, most have ${most[0]}.`;
  });
  return sentences.length === 0 ? null : sentences.join(' ');
}

function shortened(list: string): string {
  return list.length <= LONGEST_LIST ? list : `${list.slice(0, list.lastIndexOf(',', LONGEST_LIST))} and more`;
}

async function shapesOf(files: readonly string[], context: MediaContext): Promise<(FrameShape | null)[]> {
  const shapes: (FrameShape | null)[] = Array.from({ length: files.length }, () => null);
  const others: number[] = [];
  const waiting = files.entries();
  const worker = async () => {
    for (const [index, file] of waiting) {
      context.signal.throwIfAborted();
      const shape = await shapeOf(file);
      if (shape === 'other') others.push(index);
      else shapes[index] = shape;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  others.sort((a, b) => a - b);
  const told =
    context.tools.oiiotool === null
      ? []
      : await toldShapes(
          others.map((index) => files[index] ?? ''),
          context,
        );
  for (const [place, index] of others.entries()) shapes[index] = told[place] ?? null;
  return shapes;
}

/** @returns null when the header is unreadable; 'other' when it is for none of the readers here. */
async function shapeOf(file: string): Promise<FrameShape | null | 'other'> {
  try {
    const { parts } = await readExrHeader(file);
    const [{ displayWindow, compression }] = parts;
    const [left, top, right, bottom] = displayWindow;
    return {
      size: `${right - left} x ${bottom - top}`,
      channels: parts
        .flatMap(({ channels }) => channels.map(({ name }) => name))
        .sort()
        .join(', '),
      compression: compression ?? null,
    };
  } catch (error) {
    if (!(error instanceof NoExr)) return null;
  }
  try {
    if (!(await isForSharp(file))) return 'other';
    const { width, height, channels, depth, compression } = await decoder(file).metadata();
    return { size: `${width} x ${height}`, channels: `${channels} of ${depth}`, compression: compression ?? null };
  } catch {
    return null;
  }
}

async function isForSharp(file: string): Promise<boolean> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(SIGNATURE_SIZE), 0, SIGNATURE_SIZE, 0);
  return stillFormat(buffer.subarray(0, bytesRead)) !== null;
}

/** Reads shapes from the line that oiiotool prints for each file. */
async function toldShapes(files: readonly string[], context: MediaContext): Promise<(FrameShape | null)[]> {
  if (files.length === 0) return [];
  return context.store.withFolder(async (folder) => {
    const links = await linkNumbered(files, folder);
    const told = new Map<string, FrameShape>();
    const ask = async (names: readonly string[]): Promise<void> => {
      try {
        const options = { signal: context.signal, timeoutMs: TIMEOUT_MS, cwd: folder };
        const { stdout } = await runTool('oiiotool', ['--info', ...names], options);
        for (const line of stdout.toString().split('\n')) {
          const [, name, width, height, channels] = LINE.exec(line) ?? [];
          if (name !== undefined)
            told.set(name, { size: `${width} x ${height}`, channels: `${channels}`, compression: null });
        }
      } catch (error) {
        if (!(error instanceof ToolFailure)) throw error;
        // oiiotool stops at the first file that it cannot read.
        const half = Math.ceil(names.length / 2);
        if (names.length > 1) for (const part of [names.slice(0, half), names.slice(half)]) await ask(part);
      }
    };
    for (let start = 0; start < links.length; start += BATCH) await ask(links.slice(start, start + BATCH));
    return links.map((link) => told.get(link) ?? null);
  });
}

const LINE = /^(\d{6}\.\w+)\s*:\s*(\d+) x\s*(\d+), (\d+ channel, \S+)/;
