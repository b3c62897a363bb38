/** Frame rates as fractions, so that 24000/1001 stays exact. */

export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/** Largest relative difference between the mean and the nominal rate: clocks round, and a last frame may be longer. */
const TOLERANCE = 0.0015;

/** Parses '24000/1001'; null for '0/0' and for values beyond a 32-bit integer. */
export function parseRational(text: string | null | undefined): Rational | null {
  const [, ...parts] = /^(\d+)\/(\d+)$/.exec(text ?? '') ?? [];
  const [numerator = 0, denominator = 0] = parts.map(Number);
  const fits = (value: number): boolean => value > 0 && value < 2 ** 31;
  return fits(numerator) && fits(denominator) ? { numerator, denominator } : null;
}

/**
 * Returns true when frames are unevenly spaced in time.
 *
 * @param mean ffprobe's `avg_frame_rate`: all frames over the whole duration.
 * @param finest ffprobe's `r_frame_rate`: the lowest rate whose clock meets every frame's time. For interlaced video it
 *   counts fields.
 * @returns null when either is unknown.
 */
export function isVariableRate(mean: Rational | null, finest: Rational | null): boolean | null {
  if (mean === null || finest === null) return null;
  const ratio = (finest.numerator * mean.denominator) / (finest.denominator * mean.numerator);
  return Math.abs(ratio - 1) > TOLERANCE && Math.abs(ratio - 2) > TOLERANCE;
}

/** Converts a rate written as a decimal number: 23.976 is 24000/1001. Null for a rate that no camera runs at. */
export function rationalOf(rate: number): Rational | null {
  if (!(rate >= 1 && rate <= 1000)) return null;
  const whole = Math.round(rate);
  if (Math.abs(rate - whole) < 0.001) return { numerator: whole, denominator: 1 };
  const ntsc = Math.round((rate * 1001) / 1000);
  if (Math.abs(rate - (ntsc * 1000) / 1001) < 0.006) return { numerator: ntsc * 1000, denominator: 1001 };
  return { numerator: Math.round(rate * 1000), denominator: 1000 };
}
