/** A sprite's sheet anew, out of the proxy: the movie was longer or shorter than it claimed to be. */

import type { Size } from '../picture/picture-size.ts';
import { runTool } from '../tools/run-tool.ts';
import { decodeArguments, PROXY_FILE } from './movie-arguments.ts';
import { timeLimit } from './time-limit.ts';

const PROXY_PIXELS = 1280 * 720;

/** @param seconds that the proxy really lasts. */
export async function resampleSheet(folder: string, tile: Size, seconds: number, signal: AbortSignal): Promise<void> {
  const args = decodeArguments({
    input: ['-i', PROXY_FILE],
    picture: { filters: 'null', proxy: null, sheet: { tile, seconds }, thumbnail: null },
    sound: null,
  });
  await runTool('ffmpeg', args, { signal, timeoutMs: timeLimit(seconds, PROXY_PIXELS), cwd: folder });
}
