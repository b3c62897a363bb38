/**
 * Decodes a sequence that ffmpeg reads directly: JPEG, PNG, TIFF; without oiiotool also EXR and DPX, as far as ffmpeg
 * supports them.
 */
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { SEQUENCE_FRAME_RATE } from '@ingesthub/schema/library/derivatives.ts';
import { evenWithin, proxySize, tileSize } from '../picture/picture-size.ts';
import { linkNumbered } from '../tools/derivative-store.ts';
import { inTurn, sideBySide } from '../tools/large-pictures.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import { decode } from './decode.ts';
import type { SequenceWork } from './derive-sequence.ts';
import { ffprobe } from './ffprobe.ts';
import { standInRuns } from './fill-gaps.ts';
import { pictureFilters } from './picture-filters.ts';
import { THUMBNAIL_BOUNDS } from './place-derivatives.ts';
import { standInFilter } from './stand-in-mark.ts';
import { timeLimit } from './time-limit.ts';
import type { DecodePlan } from './video-arguments.ts';
import { type PictureFacts, videoFactsOf } from './video-facts.ts';

/** Formats of frames whose pixels may not be square. */
const STRETCHED = new Set(['.exr', '.dpx', '.cin']);

/** Bytes of a pixel in 16-bit RGB with coverage, the most that ffmpeg decodes of these formats except EXR. */
const PIXEL_BYTES = 8;

/** @returns the number of frames that cannot be read. */
export async function decodeByFfmpeg(work: SequenceWork, signal: AbortSignal): Promise<number> {
  const { proxyFrames, missing, extension } = work;
  const rate = work.rate ?? SEQUENCE_FRAME_RATE;
  const folder = path.join(work.folder, 'stills');
  await mkdir(folder);
  const links = await linkNumbered(
    proxyFrames.map(({ index }) => work.files[index] ?? work.files[0] ?? ''),
    folder,
  );
  const picture = await pictureOf(path.join(folder, links[work.middle] ?? ''), extension, signal);
  const size = proxySize(picture.shown, work.lines);
  const fraction = `${rate.numerator}/${rate.denominator}`;
  const framesPerSecond = rate.numerator / rate.denominator;
  const seconds = proxyFrames.length / framesPerSecond;
  const mark = standInFilter(standInRuns(proxyFrames), framesPerSecond, size);
  const bytes = picture.pixels * PIXEL_BYTES;
  const plan: DecodePlan = {
    input: [
      // Each decoding thread holds a frame.
      ...['-threads', String(sideBySide(bytes, availableParallelism()))],
      // A truncated frame is dropped; the frame before it stays visible.
      ...['-err_detect', 'explode', '-reinit_filter', '0'],
      // Converts EXR's scene-linear light to sRGB.
      ...(extension === '.exr' ? ['-apply_trc', 'iec61966_2_1'] : []),
      ...['-f', 'image2', '-framerate', fraction, '-start_number', '1', '-i', `stills/%06d${extension}`],
    ],
    picture: {
      filters: [pictureFilters(picture, size), ...(mark === null ? [] : [mark])].join(','),
      // A proxy's frames are counted; null when only small pictures are wanted.
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
  // ffmpeg does not report a gap at the end.
  return progress.repeated + Math.max(0, proxyFrames.length - progress.frames);
}

/** Reads the facts of the middle frame; frames of other sizes are scaled to its size. */
async function pictureOf(file: string, extension: string, signal: AbortSignal): Promise<PictureFacts> {
  const { facts, details } = await ffprobe(file, signal);
  const { sample_aspect_ratio: aspect, ...video } = details.video ?? {};
  // The pixel aspect of photographs and scans is meant for printers; their thumbnails ignore it too.
  const stretched = STRETCHED.has(extension) && aspect !== undefined ? { sample_aspect_ratio: aspect } : {};
  const { picture } = videoFactsOf({ facts, details: { ...details, video: { ...video, ...stretched } } });
  if (picture === null) throw new MediaProblem('The middle frame cannot be read.');
  return picture;
}
