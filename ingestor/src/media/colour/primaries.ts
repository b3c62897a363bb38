/**
 * Converts a set of primaries to Rec. 709's. Chromaticities: ITU-R BT.709 and BT.2020, SMPTE RP 431-2 and EG 432-1.
 * Whites are adapted by the Bradford transform (ICC.1:2022, annex E).
 */
import type { Primaries } from './colour.ts';
import type { Rgb } from './transfer-curves.ts';

type Chromaticity = readonly [x: number, y: number];
export type Matrix = readonly [Rgb, Rgb, Rgb];

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
  // Cinema white looks green on a desktop display, so it is shown as white, as players do.
  'p3-dci': [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
};

/** Returns the matrix from linear RGB of these primaries to linear Rec. 709 RGB; white stays white. */
export function toRec709(primaries: Primaries): Matrix {
  return multiply(inverse(toXyz(GAMUTS.bt709, D65)), toXyz(GAMUTS[primaries], D65));
}

/** The distance below which two chromaticities count as equal: programs round them to three or four places. */
const SAME = 0.0015;
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/**
 * Returns the matrix to linear Rec. 709 RGB for primaries that a file declares; the file's white becomes white.
 *
 * @param chromaticities x and y of red, green, blue and white.
 * @returns null when they are Rec. 709's, or not valid primaries.
 */
export function rec709From(chromaticities: readonly number[]): Matrix | null {
  const [red, green, blue, white] = [0, 2, 4, 6].map(
    (at): Chromaticity => [chromaticities[at] ?? Number.NaN, chromaticities[at + 1] ?? Number.NaN],
  ) as [Chromaticity, Chromaticity, Chromaticity, Chromaticity];
  const standard = [...GAMUTS.bt709, D65].flat();
  if (chromaticities.every((value, index) => Math.abs(value - (standard[index] ?? 0)) <= SAME)) return null;
  const adapted = multiply(multiply(inverse(BRADFORD), coneScale(white)), BRADFORD);
  const matrix = multiply(multiply(inverse(toXyz(GAMUTS.bt709, D65)), adapted), toXyz([red, green, blue], white));
  // Collinear points, or a white without luminance, give huge or infinite values.
  return matrix.flat().every((value) => Math.abs(value) < 100) ? matrix : null;
}

/** Scales cone responses from one white to the display's, on the diagonal. */
function coneScale(white: Chromaticity): Matrix {
  const [from, to] = [apply(BRADFORD, whiteOf(white)), apply(BRADFORD, whiteOf(D65))];
  return [
    [to[0] / from[0], 0, 0],
    [0, to[1] / from[1], 0],
    [0, 0, to[2] / from[2]],
  ];
}

export function apply(matrix: Matrix, [red, green, blue]: Rgb): Rgb {
  const row = ([r, g, b]: Rgb): number => r * red + g * green + b * blue;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function toXyz(gamut: readonly [Chromaticity, Chromaticity, Chromaticity], white: Chromaticity): Matrix {
  const [red, green, blue] = [xyzOf(gamut[0]), xyzOf(gamut[1]), xyzOf(gamut[2])];
  const columns: Matrix = [
    [red[0], green[0], blue[0]],
    [red[1], green[1], blue[1]],
    [red[2], green[2], blue[2]],
  ];
  const strength = apply(inverse(columns), whiteOf(white));
  const scale = ([r, g, b]: Rgb): Rgb => [r * strength[0], g * strength[1], b * strength[2]];
  return [scale(columns[0]), scale(columns[1]), scale(columns[2])];
}

/** Returns XYZ of arbitrary scale: primaries may have no luminance at all, as with blue and red of ACES and CIE XYZ. */
function xyzOf([x, y]: Chromaticity): Rgb {
  return [x, y, 1 - x - y];
}

/** Returns XYZ with luminance 1. */
function whiteOf([x, y]: Chromaticity): Rgb {
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
