/** Makes an asset's thumbnail, by the reader that its type asks for. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { linkNumbered } from './derivative-store.ts';
import { frameArguments, stillArguments } from './ffmpeg-arguments.ts';
import { displayArguments, readFilmHeader } from './film.ts';
import { beyondFfmpeg, MediaProblem, missingTool, problemOf } from './media-problem.ts';
import { type MediaContext, type MediaSource, nounOf, representative } from './media-source.ts';
import { runTool } from './run-tool.ts';
import { isStill, THUMBNAIL_EDGE, writeThumbnail } from './still.ts';

const TIMEOUT_MS = 180_000;
/** Bytes of a picture on a pipe. */
const MAX_PICTURE = 512 * 1024 * 1024;
/** How far into a video its picture is taken: past slates and fades. */
const POSITION = 0.1;

/**
 * @param durationSeconds of a video; null when unknown.
 * @throws MediaProblem when the file is to blame; anything else when it is not.
 */
export async function makeThumbnail(
  source: MediaSource,
  key: string,
  durationSeconds: number | null,
  context: MediaContext,
): Promise<void> {
  const file = representative(source);
  try {
    await context.store.make(key, async (draft, folder) => {
      if (source.fileType === 'video') await videoThumbnail(file, draft, durationSeconds, context);
      else if (isStill(file)) await writeThumbnail(file, draft, file);
      else await filmThumbnail(file, draft, folder, context);
    });
  } catch (error) {
    throw problemOf(error, file, nounOf(file), context.host);
  }
}

async function videoThumbnail(
  file: string,
  draft: string,
  durationSeconds: number | null,
  { signal }: MediaContext,
): Promise<void> {
  const options = { signal, timeoutMs: TIMEOUT_MS, maxOutput: MAX_PICTURE };
  for (const position of [(durationSeconds ?? 0) * POSITION, 0]) {
    const { stdout } = await runTool('ffmpeg', frameArguments(file, position, THUMBNAIL_EDGE), options);
    if (stdout.length > 0) return writeThumbnail(stdout, draft, file);
  }
  throw new MediaProblem(`${nounOf(file)} has no picture that can be decoded.`);
}

async function filmThumbnail(file: string, draft: string, folder: string, context: MediaContext): Promise<void> {
  const { signal, tools } = context;
  const [link = ''] = await linkNumbered([file], folder);
  const options = { signal, timeoutMs: TIMEOUT_MS, maxOutput: MAX_PICTURE, cwd: folder };
  if (tools.oiiotool === null) {
    if (tools.ffmpeg === null) throw new MediaProblem(missingTool('oiiotool', context.host));
    const { stdout } = await runTool('ffmpeg', stillArguments(link), options).catch((error: unknown) => {
      throw beyondFfmpeg(error, nounOf(file), context.host);
    });
    return writeThumbnail(stdout, draft, file);
  }
  const header = await readFilmHeader(link, folder, signal);
  const bounds = { width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE };
  await runTool('oiiotool', [link, ...displayArguments(header, bounds), '-o', 'display.png'], options);
  await writeThumbnail(await readFile(path.join(folder, 'display.png')), draft, file);
}
