/** Runs ffmpeg once over a video. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ColourTransform } from '../colour/colour.ts';
import { displayCube } from '../colour/display-lut.ts';
import { HOST_WORDS } from '../tools/media-problem.ts';
import { runTool, ToolFailure } from '../tools/run-tool.ts';
import { CUBE_FILE } from './picture-filters.ts';
import { type Progress, parseProgress } from './progress.ts';
import { type DecodePlan, decodeArguments, PROGRESS_FILE } from './video-arguments.ts';
import { WaveformBuilder } from './waveform.ts';

export interface DecodeOptions {
  /** Holds the outputs; empty except for those of an earlier run. */
  readonly folder: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly transform: ColourTransform | null;
  /** Frames for ffmpeg's standard input. */
  readonly frames?: AsyncIterable<Uint8Array>;
}

export interface Decoded {
  readonly progress: Progress;
  readonly waveform: WaveformBuilder;
  /** False when the plan's sound was left out because it cannot be decoded. */
  readonly sound: boolean;
}

/**
 * Decodes the picture alone when the sound makes ffmpeg fail.
 *
 * @throws ToolFailure
 */
export async function decode(plan: DecodePlan, options: DecodeOptions): Promise<Decoded> {
  if (options.transform !== null) {
    await writeFile(path.join(options.folder, CUBE_FILE), displayCube(options.transform));
  }
  try {
    return { ...(await run(plan, options)), sound: plan.sound !== null };
  } catch (error) {
    if (!isFilesFault(error) || plan.sound === null || plan.picture === null) throw error;
    const silent = await run({ ...plan, sound: null }, options).catch((): never => {
      // Then the sound was not the cause, and the first error is more precise.
      throw error;
    });
    return { ...silent, sound: false };
  }
}

/** Returns true when a tool gave up on its input, rather than for lack of space or by a crash. */
export function isFilesFault(error: unknown): boolean {
  return error instanceof ToolFailure && error.reason === 'exit' && !HOST_WORDS.test(error.lastWords);
}

async function run(plan: DecodePlan, options: DecodeOptions): Promise<Omit<Decoded, 'sound'>> {
  const { folder, timeoutMs, signal, frames } = options;
  const waveform = new WaveformBuilder();
  await runTool('ffmpeg', decodeArguments(plan), {
    signal,
    timeoutMs,
    cwd: folder,
    onOutput: (chunk) => waveform.add(chunk),
    ...(frames === undefined ? {} : { input: frames }),
  });
  const words = await readFile(path.join(folder, PROGRESS_FILE), 'utf8').catch(() => '');
  return { progress: parseProgress(words), waveform };
}
