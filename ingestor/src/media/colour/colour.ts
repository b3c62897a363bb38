/** Chooses how a video's code values are converted for a Rec. 709 display. Pure. */
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import type { Size } from '../picture/picture-size.ts';

type VideoDetails = NonNullable<AssetDetails['video']>;

export interface Colour {
  /** swscale's name for the matrix between Y'CbCr and RGB; null when the video is RGB or swscale should decide. */
  readonly matrix: string | null;
  readonly range: 'full' | 'limited';
  /** The conversion needed beyond matrix and range; null when the video was made for such a display, or nearly so. */
  readonly transform: ColourTransform | null;
}

export interface ColourTransform {
  readonly transfer: Transfer;
  readonly primaries: Primaries;
}

export type Transfer = 'pq' | 'hlg' | 'linear' | 'log100' | 'log316' | 'display';
export type Primaries = 'bt709' | 'bt2020' | 'p3-d65' | 'p3-dci';

/** ffprobe's names. Unlisted curves are shown unchanged: SDR curves differ by less than displays do. */
const TRANSFERS: Readonly<Record<string, Transfer>> = {
  smpte2084: 'pq',
  'arib-std-b67': 'hlg',
  linear: 'linear',
  log100: 'log100',
  log316: 'log316',
};
const PRIMARIES: Readonly<Record<string, Primaries>> = { bt2020: 'bt2020', smpte432: 'p3-d65', smpte431: 'p3-dci' };
const MATRICES: Readonly<Record<string, string>> = {
  bt709: 'bt709',
  bt470bg: 'bt601',
  smpte170m: 'bt601',
  fcc: 'fcc',
  smpte240m: 'smpte240m',
  bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
};

export function colourOf(video: VideoDetails, size: Size): Colour {
  const format = video.pixel_format ?? '';
  const isRgb =
    /^(?:gbr|rgb|bgr|0rgb|0bgr|argb|abgr|x2rgb|x2bgr|pal8|mono)/.test(format) || video.color_space === 'gbr';
  const transfer = TRANSFERS[video.color_transfer ?? ''] ?? 'display';
  const isHdr = transfer === 'pq' || transfer === 'hlg';
  const primaries = PRIMARIES[video.color_primaries ?? ''] ?? (isHdr && !video.color_primaries ? 'bt2020' : 'bt709');
  return {
    matrix: isRgb ? null : (MATRICES[video.color_space ?? ''] ?? assumedMatrix(isHdr, primaries, size)),
    range: video.color_range === 'pc' || format.startsWith('yuvj') || isRgb ? 'full' : 'limited',
    transform: transfer === 'display' && primaries === 'bt709' ? null : { transfer, primaries },
  };
}

/** The matrix that players assume for untagged pictures. */
function assumedMatrix(isHdr: boolean, primaries: Primaries, { width, height }: Size): string {
  if (isHdr || primaries === 'bt2020') return 'bt2020';
  // Rotated videos are stored on their side.
  return Math.max(width, height) >= 1280 || Math.min(width, height) > 576 ? 'bt709' : 'bt601';
}
