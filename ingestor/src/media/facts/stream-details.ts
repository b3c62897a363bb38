/** Converts a stream of ffprobe's report to the parts `video` and `audio` of an asset's details. */
import type { FoundDetails } from './details-of.ts';
import type { StreamReport } from './ffprobe-report.ts';
import { isVariableRate, parseRational } from './frame-rate.ts';

/** All ones in an MPEG header, in units of 400 bits a second: the rate varies and is unknown. */
const MPEG_VARIABLE = 0x3ffff * 400;

/** @param streams of this kind in the file. */
export function videoDetails(stream: StreamReport, streams: number): FoundDetails['video'] {
  const aspect = stream.sample_aspect_ratio;
  return {
    profile: stream.profile,
    pixel_format: stream.pix_fmt,
    bit_depth: stream.bits_per_raw_sample ?? pixelDepth(stream.pix_fmt),
    field_order: stream.field_order,
    sample_aspect_ratio: aspect === null || /^0:|:0$|^1:1$/.test(aspect) ? null : aspect,
    rotation: clockwiseRotation(stream),
    color_primaries: stream.color_primaries,
    color_transfer: stream.color_transfer,
    color_space: stream.color_space,
    color_range: stream.color_range,
    bit_rate: stream.bit_rate === MPEG_VARIABLE ? null : stream.bit_rate,
    variable_frame_rate: isVariableRate(parseRational(stream.avg_frame_rate), parseRational(stream.r_frame_rate)),
    streams,
  };
}

/** @param streams of this kind in the file. */
export function audioDetails(stream: StreamReport, streams: number): FoundDetails['audio'] {
  return {
    channel_layout: stream.channel_layout,
    bit_depth: stream.bits_per_raw_sample ?? stream.bits_per_sample,
    bit_rate: stream.bit_rate,
    streams,
  };
}

/** Returns the degrees clockwise by which to turn the picture; null when it is upright or at an odd angle. */
export function clockwiseRotation(stream: StreamReport): 90 | 180 | 270 | null {
  // A display matrix counts counter-clockwise; the tag of older files and programs counts clockwise.
  const matrix = stream.side_data_list.find(({ rotation }) => rotation !== null)?.rotation;
  const clockwise = matrix === undefined || matrix === null ? Number(stream.tags['rotate'] ?? 0) : -matrix;
  const degrees = (((Math.round(clockwise) % 360) + 360) % 360) as number;
  return degrees === 90 || degrees === 180 || degrees === 270 ? degrees : null;
}

/**
 * Returns the bits of a component in ffmpeg's pixel formats: 10 in 'yuv422p10le' and 'p010le', 16 in 'rgb48be', 8 in
 * 'yuv420p'.
 */
function pixelDepth(format: string | null): number | null {
  if (format === null) return null;
  if (/^(?:rgb|bgr)48|^(?:rgba|bgra)64/.test(format)) return 16;
  const named = /^[py](\d)(\d\d)(?:le|be)$/.exec(format)?.[2] ?? /\D(\d\d?)(?:le|be)$/.exec(format)?.[1];
  if (named !== undefined) return Number(named);
  return /^(?:yuvj?\d{3}p|yuva\d{3}p|nv\d\d|gbra?p|rgb24|bgr24|rgba|bgra|argb|abgr|0rgb|rgb0|gray|ya8|uyvy422|yuyv422)$/.test(
    format,
  )
    ? 8
    : null;
}
