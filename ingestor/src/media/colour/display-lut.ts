/**
 * Builds the look-up table that converts HDR, wide-gamut and logarithmic code values for a Rec. 709 display: to light,
 * to Rec. 709's primaries, through a highlight roll-off, to the display's curve. One table is several times as fast as
 * a chain of floating-point filters, and every ffmpeg has `lut3d`.
 */
import type { ColourTransform } from './colour.ts';
import { apply, toRec709 } from './primaries.ts';
import { DIFFUSE_WHITE, HDR_PEAK, isDisplayReferred, lightOf, type Rgb } from './transfer-curves.ts';

/** Nodes on each side; ffmpeg interpolates between them. */
const NODES = 33;
/** Light below this level is left alone: skin and other details that people study stay as graded. */
const ROLL_OFF = 0.3;
/** Multiples of diffuse white that are shown as full white. */
const PEAKS = { hdr: HDR_PEAK / DIFFUSE_WHITE, scene: 8 };

/** Returns the table in Adobe's `.cube` text format. */
export function displayCube(transform: ColourTransform): string {
  const show = displayTransform(transform);
  const lines = [`LUT_3D_SIZE ${NODES}`];
  const node = (index: number): number => index / (NODES - 1);
  for (let blue = 0; blue < NODES; blue++) {
    for (let green = 0; green < NODES; green++) {
      for (let red = 0; red < NODES; red++) {
        const [r, g, b] = show([node(red), node(green), node(blue)]);
        lines.push(`${r.toFixed(5)} ${g.toFixed(5)} ${b.toFixed(5)}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Returns a function from code values to code values, both 0 to 1. */
export function displayTransform({ transfer, primaries }: ColourTransform): (code: Rgb) => Rgb {
  const matrix = toRec709(primaries);
  const encode = isDisplayReferred(transfer) ? encodeForDisplay : encodeAsCamera;
  const peak =
    transfer === 'display' ? 1 : transfer === 'linear' ? 1 : isDisplayReferred(transfer) ? PEAKS.hdr : PEAKS.scene;
  return (code) => {
    const light = apply(matrix, lightOf(transfer, code));
    const brightest = Math.max(...light);
    const gain = brightest <= ROLL_OFF || peak === 1 ? 1 : rollOff(brightest, peak) / brightest;
    const channel = (value: number): number => encode(Math.min(1, Math.max(0, value * gain)));
    return [channel(light[0]), channel(light[1]), channel(light[2])];
  };
}

/** A hyperbola that leaves the straight line smoothly and reaches 1 at the peak. */
function rollOff(light: number, peak: number): number {
  const a = (-(ROLL_OFF ** 2) * (peak - 1)) / (ROLL_OFF ** 2 - 2 * ROLL_OFF + peak);
  const b = (ROLL_OFF ** 2 - 2 * ROLL_OFF * peak + peak) / (peak - 1);
  return (((b + ROLL_OFF) ** 2 / (b - a)) * (light + a)) / (light + b);
}

/** ITU-R BT.1886, inverted. */
function encodeForDisplay(light: number): number {
  return light ** (1 / 2.4);
}

/** ITU-R BT.709: the display then shows the picture darker than the scene, as camera pictures are meant to be. */
function encodeAsCamera(light: number): number {
  return light < 0.018 ? 4.5 * light : 1.099 * light ** 0.45 - 0.099;
}
