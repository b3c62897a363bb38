/** Rebuilds a sprite's sheet from the proxy, because the video was longer or shorter than it claimed. */

import type { Size } from '../picture/picture-size.ts';
import { runTool } from '../tools/run-tool.ts';
import { timeLimit } from './time-limit.ts';
import { decodeArguments, PROXY_FILE } from './video-arguments.ts';

const PROXY_PIXELS = 1280 * 720;

/** @param seconds the real length of the proxy. */
export async function resampleSheet(folder: string, tile: Size, seconds: number, signal: AbortSignal): Promise<void> {
  const args = decodeArguments({
    input: ['-i', PROXY_FILE],
    picture: { filters: 'null', proxy: null, sheet: { tile, seconds }, thumbnail: null },
    sound: null,
  });
  await runTool('ffmpeg', args, { signal, timeoutMs: timeLimit(seconds, PROXY_PIXELS), cwd: folder });
}
