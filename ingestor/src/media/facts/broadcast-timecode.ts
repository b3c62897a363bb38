/** Converts the time reference of a broadcast wave file (EBU Tech 3285) to the time code at which it begins. Pure. */
import { parseRational, type Rational } from './frame-rate.ts';

/**
 * @param samples since midnight.
 * @param sampleRate hertz.
 * @param ixml the recorder's iXML, which may hold a frame rate; null when absent.
 * @returns '01:02:03:04', with ';' before the frames in drop-frame time code; without a frame rate '01:02:03:00' on a
 *   whole second and '01:02:03.250' between seconds. Null when the time of day is invalid.
 */
export function broadcastTimecode(
  samples: string | null,
  sampleRate: number | null,
  ixml: string | null,
): string | null {
  if (samples === null || !/^\d{1,15}$/.test(samples) || sampleRate === null) return null;
  const seconds = Number(samples) / sampleRate;
  if (!(seconds < 86_400)) return null;
  const rate = parseRational(ixml === null ? null : elementOf(ixml, 'TIMECODE_RATE'));
  if (rate !== null) return frameTimecode(seconds, rate, elementOf(ixml ?? '', 'TIMECODE_FLAG') === 'DF');
  const thousandths = Math.floor(seconds * 1000 + 1e-6);
  const whole = clock(Math.floor(thousandths / 1000));
  return thousandths % 1000 === 0 ? `${whole}:00` : `${whole}.${String(thousandths % 1000).padStart(3, '0')}`;
}

function elementOf(xml: string, name: string): string | null {
  return new RegExp(`<${name}>\\s*([^<]{1,40}?)\\s*</${name}>`).exec(xml)?.[1] ?? null;
}

/** Counts frames: a time code at 23.976 frames runs slower than the clock. */
function frameTimecode(seconds: number, { numerator, denominator }: Rational, drops: boolean): string | null {
  const base = Math.round(numerator / denominator);
  if (base < 1 || base > 120) return null;
  let frames = Math.floor((seconds * numerator) / denominator + 1e-6);
  if (drops && base % 30 === 0) {
    // SMPTE ST 12-1: for each 30 frames of base rate, two numbers are dropped in each minute except every tenth.
    const dropped = base / 15;
    const [minute, tenMinutes] = [base * 60 - dropped, base * 600 - dropped * 9];
    const within = frames % tenMinutes;
    frames += Math.floor(frames / tenMinutes) * dropped * 9;
    if (within >= base * 60) frames += dropped * (1 + Math.floor((within - base * 60) / minute));
  }
  return `${clock(Math.floor(frames / base))}${drops ? ';' : ':'}${String(frames % base).padStart(2, '0')}`;
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
