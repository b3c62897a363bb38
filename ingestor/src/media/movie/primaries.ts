/** From one set of primaries to Rec. 709's. Chromaticities: ITU-R BT.709 and BT.2020, SMPTE RP 431-2 and EG 432-1. */
import type { Primaries } from './colour.ts';
import type { Rgb } from './transfer-curves.ts';

type Chromaticity = readonly [x: number, y: number];
type Matrix = readonly [Rgb, Rgb, Rgb];

const D65: Chromaticity = [0.3127, 0.329];

const GAMUTS: Readonly<Record<Primaries, readonly [red: Chromaticity, green: Chromaticity, blue: Chromaticity]>> = {
  bt709: [
    [0.64, 0.33],
    [0.3, 0.6],
    [0.15, 0.06],
  ],
  bt2020: [
    [0.708, 0.292],
    [0.17, 0.797],
    [0.131, 0.046],
  ],
  'p3-d65': [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
  // A cinema's white is green on a desk: it is shown as white here, as players do.
  'p3-dci': [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
};

/** The matrix from linear RGB of these primaries to linear RGB of Rec. 709; white stays white. */
export function toRec709(primaries: Primaries): Matrix {
  return multiply(inverse(toXyz(GAMUTS.bt709)), toXyz(GAMUTS[primaries]));
}

export function apply(matrix: Matrix, [red, green, blue]: Rgb): Rgb {
  const row = ([r, g, b]: Rgb): number => r * red + g * green + b * blue;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function toXyz(gamut: readonly [Chromaticity, Chromaticity, Chromaticity]): Matrix {
  const [red, green, blue] = [xyzOf(gamut[0]), xyzOf(gamut[1]), xyzOf(gamut[2])];
  const columns: Matrix = [
    [red[0], green[0], blue[0]],
    [red[1], green[1], blue[1]],
    [red[2], green[2], blue[2]],
  ];
  const strength = apply(inverse(columns), xyzOf(D65));
  const scale = ([r, g, b]: Rgb): Rgb => [r * strength[0], g * strength[1], b * strength[2]];
  return [scale(columns[0]), scale(columns[1]), scale(columns[2])];
}

function xyzOf([x, y]: Chromaticity): Rgb {
  return [x / y, 1, (1 - x - y) / y];
}

function multiply(left: Matrix, right: Matrix): Matrix {
  const [a, b, c] = right;
  const column = (index: 0 | 1 | 2): Rgb => apply(left, [a[index], b[index], c[index]]);
  const [red, green, blue] = [column(0), column(1), column(2)];
  return [
    [red[0], green[0], blue[0]],
    [red[1], green[1], blue[1]],
    [red[2], green[2], blue[2]],
  ];
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const scale = (...row: [number, number, number]): Rgb => [
    row[0] / determinant,
    row[1] / determinant,
    row[2] / determinant,
  ];
  return [
    scale(e * i - f * h, c * h - b * i, b * f - c * e),
    scale(f * g - d * i, a * i - c * g, c * d - a * f),
    scale(d * h - e * g, b * g - a * h, a * e - b * d),
  ];
}
