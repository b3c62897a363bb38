/** Makes an asset's proxy: a small movie of a video, a sound or an image sequence. */
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { linkNumbered } from './derivative-store.ts';
import { PROXY_HEIGHT, SEQUENCE_FRAME_RATE, sequenceProxyArguments, videoProxyArguments } from './ffmpeg-arguments.ts';
import { ffprobe } from './ffprobe.ts';
import { displayArguments, readFilmHeader } from './film.ts';
import { MediaProblem, missingTool, problemOf } from './media-problem.ts';
import { type MediaContext, type MediaSource, nounOf, representative } from './media-source.ts';
import { runTool, ToolFailure } from './run-tool.ts';
import { isStill } from './still.ts';

/** An hour of 4K on a busy server. */
const TIMEOUT_MS = 6 * 3600 * 1000;
/** A proxy that is shorter than this share of its original was made of a damaged one. */
const COMPLETE_SHARE = 0.95;

/**
 * @param durationSeconds that the file claims; null when unknown.
 * @returns what was found wrong on the way, though there is a proxy now; null: nothing.
 * @throws MediaProblem when there is no proxy and the file is to blame; anything else when it is not.
 */
export async function makeProxy(
  source: MediaSource,
  key: string,
  durationSeconds: number | null,
  context: MediaContext,
): Promise<string | null> {
  const file = representative(source);
  if (context.tools.ffmpeg === null) throw new MediaProblem(missingTool('ffmpeg', context.host));
  let warning: string | null = null;
  try {
    await context.store.make(key, async (draft, folder) => {
      if (source.fileType === 'sequence') await sequenceProxy(source, draft, folder, context);
      else await run(videoProxyArguments(file, draft), context.signal);
      warning = await shortfall(source, durationSeconds, draft, context.signal);
    });
    return warning;
  } catch (error) {
    throw problemOf(error, file, nounOf(file), context.host);
  }
}

async function sequenceProxy(
  source: MediaSource,
  draft: string,
  workFolder: string,
  context: MediaContext,
): Promise<void> {
  const { signal } = context;
  const extension = path.extname(source.files[0]).toLowerCase();
  const links = await linkNumbered(source.files, workFolder);
  if (isStill(source.files[0]) || context.tools.oiiotool === null) {
    const transfer = extension === '.exr' ? ['-apply_trc', 'iec61966_2_1'] : [];
    return run([...transfer, ...sequenceProxyArguments(`%06d${extension}`, draft)], signal, workFolder);
  }

  const middle = links[Math.floor((links.length - 1) / 2)] ?? '';
  const header = await readFilmHeader(middle, workFolder, signal);
  const bounds = { width: Number.POSITIVE_INFINITY, height: PROXY_HEIGHT };
  const made = path.join(workFolder, 'display');
  await mkdir(made);
  await runTool(
    'oiiotool',
    [
      ...['--frames', `1-${links.length}`, '--skip-bad-frames', `%06d${extension}`],
      ...[...displayArguments(header, bounds), '--quality', '95', '-o', 'display/%06d.jpg'],
    ],
    { signal, timeoutMs: TIMEOUT_MS, cwd: workFolder },
  ).catch((error: unknown) => {
    // It skips damaged frames, and says so with its exit code; what it made is counted below.
    if (!(error instanceof ToolFailure) || error.reason !== 'exit') throw error;
  });
  const frames = (await readdir(made)).filter((name) => name.endsWith('.jpg')).sort();
  if (frames.length === 0) throw new MediaProblem('None of the frames can be read.');
  const renumbered = path.join(workFolder, 'frames');
  await mkdir(renumbered);
  await linkNumbered(
    frames.map((name) => path.join(made, name)),
    renumbered,
  );
  await run(sequenceProxyArguments('%06d.jpg', draft), signal, renumbered);
}

async function run(args: readonly string[], signal: AbortSignal, cwd?: string): Promise<void> {
  await runTool('ffmpeg', args, { signal, timeoutMs: TIMEOUT_MS, ...(cwd === undefined ? {} : { cwd }) });
}

/** ffmpeg reads damaged files as far as it can, and calls that success: the proxy's length tells. */
async function shortfall(
  source: MediaSource,
  durationSeconds: number | null,
  draft: string,
  signal: AbortSignal,
): Promise<string | null> {
  const { facts } = await ffprobe(draft, signal);
  const made = facts.duration_seconds ?? 0;
  if (source.frames !== null) {
    const frames = Math.round(made * SEQUENCE_FRAME_RATE);
    const total = source.frames.length;
    return frames >= total ? null : `${total - frames} of ${total} frames are damaged and cannot be read.`;
  }
  // Half a second: containers round, and one frame more or less is nothing.
  if (durationSeconds === null || made >= durationSeconds * COMPLETE_SHARE || durationSeconds - made < 0.5) return null;
  return `The file is damaged or incomplete: ${made.toFixed(1)} of ${durationSeconds.toFixed(1)} seconds can be played.`;
}
