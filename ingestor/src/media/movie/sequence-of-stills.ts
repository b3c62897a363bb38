/** A sequence that ffmpeg reads by itself: JPEG, PNG, TIFF; without oiiotool also EXR and DPX, as far as it goes. */
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { SEQUENCE_FRAME_RATE } from '@ingesthub/schema/derivatives.ts';
import { evenWithin, proxySize, tileSize } from '../picture/picture-size.ts';
import { linkNumbered } from '../tools/derivative-store.ts';
import { inTurn, sideBySide } from '../tools/large-pictures.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import { decode } from './decode.ts';
import type { SequenceWork } from './derive-sequence.ts';
import { ffprobe } from './ffprobe.ts';
import { heldRuns } from './frame-slots.ts';
import { heldMarkFilter } from './held-mark.ts';
import type { DecodePlan } from './movie-arguments.ts';
import { movieFactsOf, type PictureFacts } from './movie-facts.ts';
import { pictureFilters } from './picture-filters.ts';
import { THUMBNAIL_BOUNDS } from './place-derivatives.ts';
import { timeLimit } from './time-limit.ts';

/** Formats of film work, whose pixels may be no squares. */
const STRETCHED = new Set(['.exr', '.dpx', '.cin']);

/** RGB and coverage of 16 bits, the most that ffmpeg decodes of these formats but for EXR. */
const PIXEL_BYTES = 8;

/** @returns how many frames cannot be read. */
export async function decodeStills(work: SequenceWork, signal: AbortSignal): Promise<number> {
  const { slots, missing, extension } = work;
  const rate = work.rate ?? SEQUENCE_FRAME_RATE;
  const folder = path.join(work.folder, 'stills');
  await mkdir(folder);
  const links = await linkNumbered(
    slots.map(({ index }) => work.files[index] ?? work.files[0] ?? ''),
    folder,
  );
  const picture = await pictureOf(path.join(folder, links[work.middle] ?? ''), extension, signal);
  const size = proxySize(picture.shown, work.lines);
  const fraction = `${rate.numerator}/${rate.denominator}`;
  const framesPerSecond = rate.numerator / rate.denominator;
  const seconds = slots.length / framesPerSecond;
  const mark = heldMarkFilter(heldRuns(slots), framesPerSecond, size);
  const bytes = picture.pixels * PIXEL_BYTES;
  const plan: DecodePlan = {
    input: [
      // Each of its threads holds a frame.
      ...['-threads', String(sideBySide(bytes, availableParallelism()))],
      // A frame that is not whole is none; the one before it stays.
      ...['-err_detect', 'explode', '-reinit_filter', '0'],
      // EXR's scene-linear light as a display shows it.
      ...(extension === '.exr' ? ['-apply_trc', 'iec61966_2_1'] : []),
      ...['-f', 'image2', '-framerate', fraction, '-start_number', '1', '-i', `stills/%06d${extension}`],
    ],
    picture: {
      filters: [pictureFilters(picture, size), ...(mark === null ? [] : [mark])].join(','),
      // Frames are counted, also where only small pictures are wanted of them.
      proxy: missing.proxy === undefined ? null : { variableRate: false, frameRate: fraction },
      sheet: missing.sprite === undefined ? null : { tile: tileSize(picture.shown), seconds },
      thumbnail:
        missing.thumbnail === undefined
          ? null
          : { size: evenWithin(size, THUMBNAIL_BOUNDS), atSeconds: (work.middle - 0.5) / framesPerSecond },
    },
    sound: null,
  };
  const timeoutMs = timeLimit(seconds, picture.pixels * 4);
  const { progress } = await inTurn(bytes, () =>
    decode(plan, { folder: work.folder, signal, transform: null, timeoutMs }),
  );
  if (missing.proxy === undefined) return 0;
  if (progress.frames === 0) throw new MediaProblem('None of the frames can be read.');
  // A gap at the end is no gap to ffmpeg.
  return progress.repeated + Math.max(0, slots.length - progress.frames);
}

/** Of the middle frame; the others are scaled to its size, should they have another. */
async function pictureOf(file: string, extension: string, signal: AbortSignal): Promise<PictureFacts> {
  const { facts, details } = await ffprobe(file, signal);
  const { sample_aspect_ratio: aspect, ...video } = details.video ?? {};
  // What photographs and scans say of their pixels' shape is for printers; their thumbnails ignore it too.
  const stretched = STRETCHED.has(extension) && aspect !== undefined ? { sample_aspect_ratio: aspect } : {};
  const { picture } = movieFactsOf({ facts, details: { ...details, video: { ...video, ...stretched } } });
  if (picture === null) throw new MediaProblem('The middle frame cannot be read.');
  return picture;
}
