/** Builds ffmpeg's filters from decoded frames to upright 8-bit Rec. 709 pictures. Pure. */
import type { Colour } from '../colour/colour.ts';
import type { Size } from '../picture/picture-size.ts';
import type { PictureFacts } from './video-facts.ts';

/** Name of the look-up table in ffmpeg's working folder, when the picture's colour needs one. */
export const CUBE_FILE = 'display.cube';

/** Background of transparent pictures: dark and light ones both stand out from it. */
const NEUTRAL = 0x77;

/**
 * Returns one chain of filters without the labels of its input and output. It deinterlaces at full height, then scales,
 * so that the following steps are cheap. ffmpeg has already turned rotated pictures.
 */
export function pictureFilters(picture: PictureFacts, size: Size): string {
  return [
    ...deinterlace(picture.firstField),
    ...(picture.hasAlpha ? overNeutral(picture.colour, size) : colourAndSize(picture.colour, size)),
    'setsar=1',
    'setparams=field_mode=prog:range=limited:colorspace=bt709:color_primaries=bt709:color_trc=bt709',
  ].join(',');
}

/** Reduces these pictures to smaller RGB ones. */
export function smallRgb({ width, height }: Size): string {
  return `scale=${width}:${height}:flags=area:in_color_matrix=bt709:in_range=limited,format=rgb24`;
}

function deinterlace(firstField: PictureFacts['firstField']): string[] {
  if (firstField === null) return [];
  return [`bwdif=mode=send_frame:parity=${firstField === 'top' ? 'tff' : 'bff'}:deint=all`];
}

function colourAndSize({ matrix, range, transform }: Colour, { width, height }: Size): string[] {
  const input = `${matrix === null ? '' : `:in_color_matrix=${matrix}`}:in_range=${range}`;
  const limited = 'out_color_matrix=bt709:out_range=limited,format=yuv420p';
  if (transform === null) return [`scale=${width}:${height}:flags=bicubic${input}:${limited}`];
  return [
    `scale=${width}:${height}:flags=bicubic${input}:out_range=full,format=gbrp12`,
    `lut3d=file=${CUBE_FILE}:interp=tetrahedral`,
    `scale=${limited}`,
  ];
}

/**
 * Composites straight alpha, as editing programs write it. `drawbox` is avoided because it crashes on planar RGB
 * (ffmpeg 5.1).
 */
function overNeutral(colour: Colour, { width, height }: Size): string[] {
  const input = `${colour.matrix === null ? '' : `:in_color_matrix=${colour.matrix}`}:in_range=${colour.range}`;
  const grey = `lutrgb=r=${NEUTRAL}:g=${NEUTRAL}:b=${NEUTRAL}:a=255,format=gbrp`;
  return [
    `scale=${width}:${height}:flags=bicubic${input}:out_range=full,format=gbrap`,
    `split[over][under];[under]${grey}[neutral];[neutral][over]overlay=format=gbrp`,
    'format=gbrp',
    ...(colour.transform === null ? [] : [`lut3d=file=${CUBE_FILE}:interp=tetrahedral`]),
    'scale=in_range=full:out_color_matrix=bt709:out_range=limited',
    'format=yuv420p',
  ];
}
