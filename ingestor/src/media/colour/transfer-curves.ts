/**
 * Converts code values to light. Code values are 0 to 1 over the full range of RGB. Display-referred light is relative
 * to diffuse white (203 cd/m2 in HDR, ITU-R BT.2408); scene-referred light has middle grey at 0.18. Sources: SMPTE ST
 * 2084, ITU-R BT.2100 and BT.1886, FFmpeg's names for ITU-T H.273.
 */
import type { Transfer } from './colour.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** cd/m2. */
export const DIFFUSE_WHITE = 203;
/** cd/m2; the peak that most HDR is graded for, and HLG's nominal display. */
export const HDR_PEAK = 1000;

/** Returns true when light is measured at the display, false when it is measured before the camera. */
export function isDisplayReferred(transfer: Transfer): boolean {
  return transfer === 'pq' || transfer === 'hlg' || transfer === 'display';
}

export function lightOf(transfer: Transfer, code: Rgb): Rgb {
  if (transfer === 'hlg') return hlgLight(code);
  const curve = CURVES[transfer];
  return [curve(code[0]), curve(code[1]), curve(code[2])];
}

const CURVES: Readonly<Record<Exclude<Transfer, 'hlg'>, (code: number) => number>> = {
  pq: (code) => {
    const power = code ** (1 / 78.84375);
    const share = (Math.max(0, power - 0.8359375) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125);
    return (10000 / DIFFUSE_WHITE) * share;
  },
  display: (code) => code ** 2.4,
  linear: (code) => code,
  log100: (code) => 10 ** (2 * (code - 1)),
  log316: (code) => 10 ** (2.5 * (code - 1)),
};

/** HLG's brightness depends on all three channels: the system gamma of 1.2 applies to luminance. */
function hlgLight(code: Rgb): Rgb {
  const scene = code.map((value) =>
    value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12,
  ) as [number, number, number];
  const luminance = 0.2627 * scene[0] + 0.678 * scene[1] + 0.0593 * scene[2];
  const gain = (HDR_PEAK / DIFFUSE_WHITE) * luminance ** 0.2;
  return [scene[0] * gain, scene[1] * gain, scene[2] * gain];
}
