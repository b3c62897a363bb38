/** The derivatives of a video or a sound: of one file that ffmpeg reads. */
import path from 'node:path';
import { PROXY_HEIGHT, type RecipeOptions } from '@ingesthub/schema/derivatives.ts';
import { evenWithin, proxySize, tileSize } from '../picture/picture-size.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import { type MediaContext, type MediaSource, nounOf } from '../tools/media-source.ts';
import { movieInput } from '../tools/movie-input.ts';
import { type Decoded, decode } from './decode.ts';
import type { MissingKeys } from './derive-movie.ts';
import { ffprobe } from './ffprobe.ts';
import { readPicture } from './made-pictures.ts';
import { type DecodePlan, PICTURE_FILE, PROXY_FILE, SHEET_FILE } from './movie-arguments.ts';
import { type FoundMovie, type MovieFacts, movieFactsOf } from './movie-facts.ts';
import { pictureFilters } from './picture-filters.ts';
import { placePictures, placeWaveform, THUMBNAIL_BOUNDS } from './place-derivatives.ts';
import { COMPLETE_SHARE } from './playable-part.ts';
import { resampleSheet } from './resample-sheet.ts';
import { timeLimit } from './time-limit.ts';

/** How far into a video its picture is taken: past slates and fades. */
const THUMBNAIL_POSITION = 0.1;
/** Seconds; longer videos of which only small pictures are wanted are decoded by their keyframes alone. */
const KEYFRAMES_FROM = 60;
/** Seconds that a movie is taken to last of which nobody knows it. */
const UNKNOWN_LENGTH = 60;
/** A sprite's tiles are too far from where they should be when the length is wrong by this share. */
const LENGTH_TOLERANCE = 0.1;

export interface DerivedFile {
  /** That can be played; null: not all of it was decoded. */
  readonly seconds: number | null;
  /** The sound was left out, because it cannot be decoded. */
  readonly lacksSound: boolean;
}

/** @returns null: there is nothing to make. */
export async function deriveFile(
  source: MediaSource,
  found: FoundMovie,
  missing: MissingKeys,
  options: RecipeOptions,
  context: MediaContext,
): Promise<DerivedFile | null> {
  const [file] = source.files;
  const movie = movieFactsOf(found);
  if (movie.picture === null && movie.sound === null) {
    throw new MediaProblem(`${nounOf(file)} has neither picture nor sound that can be decoded.`);
  }
  const plan = planOf(file, movie, missing, options, THUMBNAIL_POSITION);
  if (plan.picture === null && plan.sound === null) return null;

  return context.store.withFolder(async (folder) => {
    const { signal, store } = context;
    const transform = plan.picture === null ? null : (movie.picture?.colour.transform ?? null);
    const timeoutMs = timeLimit(movie.seconds, movie.picture?.pixels ?? 0);
    const decodePlan = async (attempt: DecodePlan): Promise<Decoded | null> => {
      const decoded = await decode(attempt, { folder, timeoutMs, signal, transform });
      return attempt.picture === null || (await hasPicture(attempt, decoded, folder)) ? decoded : null;
    };
    let decoded = await decodePlan(plan);
    // The movie may end before the place that was sought.
    if (isThumbnailAlone(missing)) decoded ??= await decodePlan(planOf(file, movie, missing, options, 0));
    if (decoded === null) throw new MediaProblem(`${nounOf(file)} has no picture that can be decoded.`);
    const length =
      lengthOfSound(movie, plan, decoded) ??
      (missing.proxy === undefined ? null : await lengthOfProxy(movie, found, decoded, folder, signal));
    if (plan.picture === null && length === 0) {
      throw new MediaProblem(`${nounOf(file)} has no sound that can be decoded.`);
    }
    if (missing.sprite !== undefined && movie.picture !== null && length !== null && isOff(length, movie.seconds)) {
      await resampleSheet(folder, tileSize(movie.picture.shown), length, signal);
    }
    await placePictures(folder, missing, store);
    if (missing.waveform !== undefined && movie.sound !== null) {
      await placeWaveform(decoded.waveform.toJson(movie.sound.sampleRate), missing.waveform, store);
    }
    if (missing.proxy !== undefined) await store.place(path.join(folder, PROXY_FILE), missing.proxy);
    return { seconds: length, lacksSound: plan.sound !== null && !decoded.sound };
  });
}

/** @param position of the thumbnail's picture: a share of the whole movie. */
function planOf(
  file: string,
  movie: MovieFacts,
  missing: MissingKeys,
  options: RecipeOptions,
  position: number,
): DecodePlan {
  const { picture, sound, seconds } = movie;
  const samples = missing.waveform !== undefined;
  const encode = missing.proxy !== undefined;
  const input = movieInput(file);
  const soundPlan = sound === null || !(encode || samples) ? null : { facts: sound, encode, samples };
  const wantsPicture = encode || missing.sprite !== undefined || missing.thumbnail !== undefined;
  if (picture === null || !wantsPicture) return { input, picture: null, sound: soundPlan };

  const lasts = seconds ?? UNKNOWN_LENGTH;
  // A single picture is sought, small ones of a long movie are taken from where no other frame is needed.
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
      // The chain begins with `scale`, which takes frames that change their size on the way; a new chain would begin its sprite anew.
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

/** Seconds of a sound without a picture, by its samples; null: they were not counted. */
function lengthOfSound({ picture, sound }: MovieFacts, plan: DecodePlan, { waveform }: Decoded): number | null {
  const isCounted = picture === null && sound !== null && plan.sound?.samples === true;
  return isCounted ? waveform.samples / sound.sampleRate : null;
}

/** Seconds of the proxy. Reading them costs a process, so only where the number of frames is not as it should be. */
async function lengthOfProxy(
  { picture, seconds }: MovieFacts,
  { facts }: FoundMovie,
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

function isOff(length: number, seconds: number | null): boolean {
  return length > 0 && (seconds === null || Math.abs(length - seconds) > seconds * LENGTH_TOLERANCE);
}
