/** Frame rates as fractions, so that 24000/1001 stays what it is. */

export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/** How far the frames' mean rate may be from the nominal one: clocks round, and a last frame may be longer. */
const TOLERANCE = 0.0015;

/** '24000/1001'; null for '0/0' and what does not fit a 32-bit integer. */
export function parseRational(text: string | null | undefined): Rational | null {
  const [, ...parts] = /^(\d+)\/(\d+)$/.exec(text ?? '') ?? [];
  const [numerator = 0, denominator = 0] = parts.map(Number);
  const fits = (value: number): boolean => value > 0 && value < 2 ** 31;
  return fits(numerator) && fits(denominator) ? { numerator, denominator } : null;
}

/**
 * Whether frames come at differing distances.
 *
 * @param mean ffprobe's `avg_frame_rate`: all frames over the whole time.
 * @param finest ffprobe's `r_frame_rate`: the lowest rate whose clock meets every frame's time. Of
 *   interlaced video it counts fields.
 * @returns null when either is unknown.
 */
export function isVariableRate(mean: Rational | null, finest: Rational | null): boolean | null {
  if (mean === null || finest === null) return null;
  const ratio = (finest.numerator * mean.denominator) / (finest.denominator * mean.numerator);
  return Math.abs(ratio - 1) > TOLERANCE && Math.abs(ratio - 2) > TOLERANCE;
}

/** A rate that was written as a decimal number: 23.976 is 24000/1001. Null for what no camera runs at. */
export function rationalOf(rate: number): Rational | null {
  if (!(rate >= 1 && rate <= 1000)) return null;
  const whole = Math.round(rate);
  if (Math.abs(rate - whole) < 0.001) return { numerator: whole, denominator: 1 };
  const ntsc = Math.round((rate * 1001) / 1000);
  if (Math.abs(rate - (ntsc * 1000) / 1001) < 0.006) return { numerator: ntsc * 1000, denominator: 1001 };
  return { numerator: Math.round(rate * 1000), denominator: 1000 };
}
