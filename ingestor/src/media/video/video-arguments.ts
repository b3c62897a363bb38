/**
 * Builds ffmpeg's arguments: one decode of a video yields its proxy, its sprite's sheet, its thumbnail's picture and
 * its sound. Pure. ffmpeg runs in a working folder of its own, where its outputs have the names below.
 */

import type { Size } from '../picture/picture-size.ts';
import { smallRgb } from './picture-filters.ts';
import type { SoundFacts } from './video-facts.ts';

export const PROXY_FILE = 'proxy.mp4';
export const SHEET_FILE = 'sheet.ppm';
export const PICTURE_FILE = 'picture.ppm';
export const PROGRESS_FILE = 'progress.txt';

/** Tiles on each side of a sprite. */
const SPRITE_SIDE = 10;
const TILES = SPRITE_SIDE ** 2;

const QUIET = ['-v', 'error', '-nostdin', '-y'];

export interface DecodePlan {
  /** Options of the input and `-i`, in ffmpeg's syntax. */
  readonly input: readonly string[];
  readonly picture: PicturePlan | null;
  readonly sound: SoundPlan | null;
}

interface PicturePlan {
  /** Filters from the frames of `[0:V:0]` to the shown pictures. */
  readonly filters: string;
  readonly proxy: ProxyPlan | null;
  readonly sheet: { readonly tile: Size; readonly seconds: number } | null;
  readonly thumbnail: { readonly size: Size; readonly atSeconds: number } | null;
}

interface ProxyPlan {
  readonly variableRate: boolean;
  /** A constant rate, with gaps filled; null to keep the frames' own times. */
  readonly frameRate: string | null;
}

interface SoundPlan {
  readonly facts: SoundFacts;
  /** True to put the sound into the proxy. */
  readonly encode: boolean;
  /** True to write mono 16-bit samples to standard output. */
  readonly samples: boolean;
}

export function decodeArguments({ input, picture, sound }: DecodePlan): string[] {
  const proxy = picture?.proxy ?? null;
  return [
    ...[...QUIET, '-nostats', '-progress', `file:${PROGRESS_FILE}`, '-stats_period', '5'],
    // The output shows how much of a damaged file was lost, so errors alone do not fail the decode.
    ...['-max_error_rate', '1', ...input],
    ...(picture === null ? [] : ['-filter_complex', pictureGraph(picture)]),
    ...(proxy !== null || sound?.encode ? encodeArguments(proxy, sound?.encode ? sound.facts : null) : []),
    ...(picture?.sheet ? stillOutput('[sheet]', SHEET_FILE) : []),
    ...(picture?.thumbnail ? stillOutput('[thumbnail]', PICTURE_FILE) : []),
    ...(sound?.samples ? samplesOutput(sound.facts) : []),
  ];
}

function pictureGraph({ filters, proxy, sheet, thumbnail }: PicturePlan): string {
  const outputs = [...(proxy ? ['[proxy]'] : []), ...(sheet ? ['[tiles]'] : []), ...(thumbnail ? ['[one]'] : [])];
  return [
    `[0:V:0]${filters}${outputs.length === 1 ? '' : `,split=${outputs.length}`}${outputs.join('')}`,
    ...(sheet ? [`[tiles]${sheetFilters(sheet.tile, sheet.seconds)}[sheet]`] : []),
    ...(thumbnail ? [`[one]${atTime(thumbnail.atSeconds)},${smallRgb(thumbnail.size)}[thumbnail]`] : []),
  ].join(';');
}

/** Each tile shows the middle of its hundredth; when the frames end early, the last one is repeated. */
function sheetFilters(tile: Size, seconds: number): string {
  return [
    // Keeps one frame even when the video is much shorter than it claims.
    `fps=fps=${TILES}/${seconds.toFixed(6)}:eof_action=pass`,
    `trim=end_frame=${TILES}`,
    smallRgb(tile),
    `tpad=stop_mode=clone:stop=-1,trim=end_frame=${TILES}`,
    `tile=${SPRITE_SIDE}x${SPRITE_SIDE}`,
  ].join(',');
}

/**
 * Selects the first frame, then the frame at that time, which replaces it: this yields a picture however short the
 * video really is.
 */
function atTime(seconds: number): string {
  // Nothing is read beyond the first frame.
  if (seconds === 0) return 'trim=end_frame=1';
  const at = seconds.toFixed(3);
  return `select='if(eq(n,0),1,gte(t,${at})*lt(prev_selected_t,${at}))',trim=end_frame=2`;
}

function encodeArguments(proxy: ProxyPlan | null, sound: SoundFacts | null): string[] {
  return [
    ...(proxy === null ? [] : ['-map', '[proxy]', ...encodePicture(proxy)]),
    ...(sound === null ? [] : ['-map', '0:a:0', '-af', `${stereo(sound)}${STARTS_AT_ZERO}`]),
    ...(sound === null ? [] : ['-c:a', 'aac', '-b:a', '160k', '-ac', '2']),
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn'],
    ...['-movflags', '+faststart', '-write_tmcd', '0', '-f', 'mp4', `file:${PROXY_FILE}`],
  ];
}

function encodePicture({ variableRate, frameRate }: ProxyPlan): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p'],
    // About two seconds at most; players seek to these keyframes.
    ...['-g', '60'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    // Keeps the frames' own times unless each number needs a frame: ffmpeg's own rate may be that of the fields.
    ...(frameRate === null ? ['-fps_mode', 'vfr'] : ['-r', frameRate, '-fps_mode', 'cfr']),
    // Otherwise times would be rounded to a constant rate that does not exist.
    ...(variableRate && frameRate === null ? ['-enc_time_base', '1:90000'] : []),
  ];
}

/** Repeats no frame: ffmpeg would otherwise fill the time up to the second picture. */
function stillOutput(label: string, file: string): string[] {
  return ['-map', label, '-fps_mode', 'passthrough', '-c:v', 'ppm', '-f', 'image2', '-update', '1', file];
}

function samplesOutput(sound: SoundFacts): string[] {
  return [
    ...['-map', '0:a:0', '-af', `${mono(sound)}${STARTS_AT_ZERO}`, '-ar', String(sound.sampleRate)],
    ...['-ac', '1', '-c:a', 'pcm_s16le', '-f', 's16le', 'pipe:1'],
  ];
}

/** Inserts silence where the sound starts after the picture or has a gap. */
const STARTS_AT_ZERO = 'aresample=async=1:first_pts=0';

/** Channels without an assigned loudspeaker cannot be mixed by rule, so the first two are used. */
function stereo({ channels, hasLayout }: SoundFacts): string {
  return hasLayout ? '' : `pan=stereo|c0=c0|c1=c${Math.min(1, channels - 1)},`;
}

/** Mixes to the mean of all channels. */
function mono({ channels }: SoundFacts): string {
  if (channels === 1) return '';
  return `pan=mono|c0=${Array.from({ length: channels }, (_, channel) => `${1 / channels}*c${channel}`).join('+')},`;
}
