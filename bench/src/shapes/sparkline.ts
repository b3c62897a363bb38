const BARS = '▁▂▃▄▅▆▇█';

/** Returns at most `width` bars, each the maximum of its stretch of values, on a scale from 0 to `top`. */
export function sparkline(values: readonly number[], top: number, width = 24): string {
  const bars = Math.min(width, values.length);
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * values.length) / bars);
    const to = Math.floor(((bar + 1) * values.length) / bars);
    const share = Math.max(...values.slice(from, to)) / Math.max(top, 1);
    return BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))];
  }).join('');
}
