/** Sums up a waveform in a few bars. */
import type { Waveform } from './read-waveform.ts';

/** Returns the loudest sample of each of that many equal stretches, 0 to 1; fewer for a very short sound. */
export function waveformBars({ bits, data }: Waveform, count: number): number[] {
  const points = Math.floor(data.length / 2);
  const bars = Math.min(count, points);
  const full = 2 ** (bits - 1);
  return Array.from({ length: bars }, (_, bar) => {
    const start = Math.floor((bar * points) / bars);
    const end = Math.floor(((bar + 1) * points) / bars);
    let loudest = 0;
    for (let at = start * 2; at < end * 2; at++) loudest = Math.max(loudest, Math.abs(data[at] ?? 0));
    return Math.min(1, loudest / full);
  });
}
