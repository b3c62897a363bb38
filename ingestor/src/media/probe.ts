/** Finds out what an asset's file is, by the reader that its type asks for. */
import { extensionOf } from '../scan/file-types.ts';
import { linkNumbered } from './derivative-store.ts';
import { ffprobe } from './ffprobe.ts';
import { filmCodec, readFilmHeader } from './film.ts';
import { type MediaFacts, UNKNOWN_FACTS } from './media-facts.ts';
import { beyondFfmpeg, MediaProblem, missingTool, problemOf } from './media-problem.ts';
import { type MediaContext, type MediaSource, nounOf, representative } from './media-source.ts';
import { isPlayable } from './playable.ts';
import { isStill, MAX_PIXELS, stillFacts } from './still.ts';

export interface ProbeResult {
  readonly facts: MediaFacts;
  /** Whether there is a picture to make a thumbnail of. */
  readonly needsThumbnail: boolean;
  readonly needsProxy: boolean;
}

/** @throws MediaProblem when the file is to blame; anything else when it is not. */
export async function probe(source: MediaSource, context: MediaContext): Promise<ProbeResult> {
  const file = representative(source);
  try {
    if (source.fileType === 'video' || source.fileType === 'audio') return await probeMedia(source, file, context);
    const facts = isStill(file) ? await stillFacts(file) : await probeFilm(file, context);
    if ((facts.width ?? 0) * (facts.height ?? 0) > MAX_PIXELS) {
      throw new MediaProblem(
        `${nounOf(file)} claims to be ${facts.width} x ${facts.height} pixels, which is not read.`,
      );
    }
    return { facts, needsThumbnail: true, needsProxy: source.fileType === 'sequence' };
  } catch (error) {
    throw problemOf(error, file, nounOf(file), context.host);
  }
}

async function probeMedia(source: MediaSource, file: string, { signal }: MediaContext): Promise<ProbeResult> {
  const media = await ffprobe(file, signal);
  if (!media.hasVideo && !media.hasAudio) {
    throw new MediaProblem(`${nounOf(file)} has neither picture nor sound in it.`);
  }
  return {
    facts: media.facts,
    needsThumbnail: source.fileType === 'video' && media.hasVideo,
    needsProxy: !isPlayable(file, media),
  };
}

async function probeFilm(file: string, context: MediaContext): Promise<MediaFacts> {
  if (context.tools.oiiotool === null) {
    if (context.tools.ffprobe === null) throw new MediaProblem(missingTool('oiiotool', context.host));
    const { facts } = await ffprobe(file, context.signal).catch((error: unknown) => {
      throw beyondFfmpeg(error, nounOf(file), context.host);
    });
    return { ...UNKNOWN_FACTS, width: facts.width, height: facts.height, codec: facts.codec ?? extensionOf(file) };
  }
  return context.store.withFolder(async (folder) => {
    const [link = ''] = await linkNumbered([file], folder);
    const header = await readFilmHeader(link, folder, context.signal);
    return { ...UNKNOWN_FACTS, width: header.width, height: header.height, codec: filmCodec(header) };
  });
}
