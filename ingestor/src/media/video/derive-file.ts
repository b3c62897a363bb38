/** Makes the derivatives of one video or audio file that ffmpeg reads. */
import path from 'node:path';
import { PROXY_HEIGHT, type RecipeOptions } from '@ingesthub/schema/library/derivatives.ts';
import { evenWithin, proxySize, tileSize } from '../picture/picture-size.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import { type MediaContext, type MediaSource, nounOf } from '../tools/media-source.ts';
import { videoInput } from '../tools/video-input.ts';
import { type Decoded, decode } from './decode.ts';
import type { MissingKeys } from './derive-video.ts';
import { ffprobe } from './ffprobe.ts';
import { readPicture } from './made-pictures.ts';
import { pictureFilters } from './picture-filters.ts';
import { placePictures, placeWaveform, THUMBNAIL_BOUNDS } from './place-derivatives.ts';
import { COMPLETE_SHARE } from './playable-part.ts';
import { resampleSheet } from './resample-sheet.ts';
import { timeLimit } from './time-limit.ts';
import { type DecodePlan, PICTURE_FILE, PROXY_FILE, SHEET_FILE } from './video-arguments.ts';
import { type FoundVideo, type VideoFacts, videoFactsOf } from './video-facts.ts';

/** Share of a video's length at which its thumbnail is taken: past slates and fades. */
const THUMBNAIL_POSITION = 0.1;
/** Seconds; when only small pictures of a longer video are wanted, only its keyframes are decoded. */
const KEYFRAMES_FROM = 60;
/** Seconds assumed for a video of unknown length. */
const UNKNOWN_LENGTH = 60;
/** Relative error of the length beyond which a sprite's tiles would be too far off. */
const LENGTH_TOLERANCE = 0.1;

/** Seconds of sound that leave something in the proxy; AAC codes 1,024 samples at a time. */
const SURELY_ENCODED = 1;

export interface DerivedFile {
  /** Seconds that can be played; null when not all of the file was decoded. */
  readonly seconds: number | null;
  /** True when the sound was left out because it cannot be decoded. */
  readonly lacksSound: boolean;
}

/** @returns null when there is nothing to make. */
export async function deriveFile(
  source: MediaSource,
  found: FoundVideo,
  missing: MissingKeys,
  options: RecipeOptions,
  context: MediaContext,
): Promise<DerivedFile | null> {
  const [file] = source.files;
  const video = videoFactsOf(found);
  if (video.picture === null && video.sound === null) {
    throw new MediaProblem(`${nounOf(file)} has neither picture nor sound that can be decoded.`);
  }
  const plan = planOf(file, video, missing, options, THUMBNAIL_POSITION);
  if (plan.picture === null && plan.sound === null) return null;

  return context.store.withFolder(async (folder) => {
    const { signal, store } = context;
    const transform = plan.picture === null ? null : (video.picture?.colour.transform ?? null);
    const timeoutMs = timeLimit(video.seconds, video.picture?.pixels ?? 0);
    const decodePlan = async (attempt: DecodePlan): Promise<Decoded | null> => {
      const decoded = await decode(attempt, { folder, timeoutMs, signal, transform });
      return attempt.picture === null || (await hasPicture(attempt, decoded, folder)) ? decoded : null;
    };
    let decoded = await decodePlan(plan);
    // The video may end before the position that was sought.
    if (isThumbnailAlone(missing)) decoded ??= await decodePlan(planOf(file, video, missing, options, 0));
    if (decoded === null) throw new MediaProblem(`${nounOf(file)} has no picture that can be decoded.`);
    const length =
      lengthOfSound(video, plan, decoded) ??
      (missing.proxy === undefined ? null : await lengthOfProxy(video, found, decoded, folder, signal));
    if (plan.picture === null && length === 0) {
      throw new MediaProblem(`${nounOf(file)} has no sound that can be decoded.`);
    }
    if (plan.picture === null && missing.proxy !== undefined && (await isSilent(folder, length, signal))) {
      throw new MediaProblem(`${nounOf(file)} has too little sound to be played.`);
    }
    if (missing.sprite !== undefined && video.picture !== null && length !== null && isOff(length, video.seconds)) {
      await resampleSheet(folder, tileSize(video.picture.shown), length, signal);
    }
    await placePictures(folder, missing, store);
    if (missing.waveform !== undefined && video.sound !== null) {
      await placeWaveform(decoded.waveform.toJson(video.sound.sampleRate), missing.waveform, store);
    }
    if (missing.proxy !== undefined) await store.place(path.join(folder, PROXY_FILE), missing.proxy);
    return { seconds: length, lacksSound: plan.sound !== null && !decoded.sound };
  });
}

/** @param position of the thumbnail's picture, as a share of the whole video. */
function planOf(
  file: string,
  video: VideoFacts,
  missing: MissingKeys,
  options: RecipeOptions,
  position: number,
): DecodePlan {
  const { picture, sound, seconds } = video;
  const samples = missing.waveform !== undefined;
  const encode = missing.proxy !== undefined;
  const input = videoInput(file);
  const soundPlan = sound === null || !(encode || samples) ? null : { facts: sound, encode, samples };
  const wantsPicture = encode || missing.sprite !== undefined || missing.thumbnail !== undefined;
  if (picture === null || !wantsPicture) return { input, picture: null, sound: soundPlan };

  const lasts = seconds ?? UNKNOWN_LENGTH;
  // A single picture is found by seeking; small pictures of a long video come from its keyframes.
  const seeks = isThumbnailAlone(missing);
  const at = lasts * position;
  const skips = !encode && !seeks && lasts > KEYFRAMES_FROM;
  const size = encode
    ? proxySize(picture.shown, options.height ?? PROXY_HEIGHT)
    : evenWithin(picture.shown, THUMBNAIL_BOUNDS);
  return {
    input: [
      ...(seeks ? ['-ss', at.toFixed(3)] : []),
      ...(skips ? ['-skip_frame', 'nokey'] : []),
      // The chain begins with `scale`, which accepts frames that change size mid-stream; a reinitialised chain would
      // restart its sprite.
      ...(picture.firstField === null && !picture.rotated ? ['-reinit_filter', '0'] : []),
      ...input,
    ],
    picture: {
      filters: pictureFilters(picture, size),
      proxy: encode ? { variableRate: picture.variableRate, frameRate: null } : null,
      sheet: missing.sprite === undefined ? null : { tile: tileSize(picture.shown), seconds: lasts },
      thumbnail:
        missing.thumbnail === undefined
          ? null
          : { size: evenWithin(size, THUMBNAIL_BOUNDS), atSeconds: seeks ? 0 : at },
    },
    sound: soundPlan,
  };
}

function isThumbnailAlone({ thumbnail, proxy, sprite, waveform }: MissingKeys): boolean {
  return thumbnail !== undefined && proxy === undefined && sprite === undefined && waveform === undefined;
}

async function hasPicture(plan: DecodePlan, { progress }: Decoded, folder: string): Promise<boolean> {
  if (plan.picture?.proxy) return progress.frames > 0;
  const file = plan.picture?.thumbnail ? PICTURE_FILE : SHEET_FILE;
  return (await readPicture(path.join(folder, file))) !== null;
}

/** Returns the seconds of a sound without a picture, by its samples; null when they were not counted. */
function lengthOfSound({ picture, sound }: VideoFacts, plan: DecodePlan, { waveform }: Decoded): number | null {
  const isCounted = picture === null && sound !== null && plan.sound?.samples === true;
  return isCounted ? waveform.samples / sound.sampleRate : null;
}

/**
 * Returns the seconds of the proxy. Reading them costs a process, so the proxy is probed only when its frame count is
 * unexpected.
 */
async function lengthOfProxy(
  { picture, seconds }: VideoFacts,
  { facts }: FoundVideo,
  { progress }: Decoded,
  folder: string,
  signal: AbortSignal,
): Promise<number | null> {
  const { frame_rate_numerator: numerator, frame_rate_denominator: denominator } = facts;
  if (picture !== null && seconds !== null && numerator !== null && denominator !== null) {
    const counted = (progress.frames * denominator) / numerator;
    if (Math.abs(counted - seconds) < seconds * (1 - COMPLETE_SHARE)) return seconds;
  }
  return (await ffprobe(path.join(folder, PROXY_FILE), signal)).facts.duration_seconds ?? 0;
}

/** Returns true when ffmpeg wrote a proxy without sound, as the encoder does for a few samples. */
async function isSilent(folder: string, length: number | null, signal: AbortSignal): Promise<boolean> {
  if (length !== null && length > SURELY_ENCODED) return false;
  return !(await ffprobe(path.join(folder, PROXY_FILE), signal)).hasAudio;
}

function isOff(length: number, seconds: number | null): boolean {
  return length > 0 && (seconds === null || Math.abs(length - seconds) > seconds * LENGTH_TOLERANCE);
}
