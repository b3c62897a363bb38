/** Makes an asset's thumbnail, by the reader that its type asks for. */
import { frameArguments } from './ffmpeg-arguments.ts';
import { MediaProblem, problemOf } from './media-problem.ts';
import { type MediaContext, type MediaSource, nounOf, representative } from './media-source.ts';
import { withStill } from './open-still.ts';
import { THUMBNAIL_EDGE, writeWebp } from './pixels.ts';
import { readPicture } from './read-picture.ts';
import { runTool } from './run-tool.ts';
import { writeThumbnail } from './still.ts';

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
    await context.store.make(key, async (draft) => {
      if (source.fileType === 'video') await videoThumbnail(file, draft, durationSeconds, context);
      else await stillThumbnail(file, draft, context);
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

async function stillThumbnail(file: string, draft: string, context: MediaContext): Promise<void> {
  const pixels = await withStill(file, async (opened) => (await readPicture(opened, context)).render());
  await writeWebp(pixels, draft);
}
