/** Shrinks a picture to a tiny one quickly, for uses that need its colours but no detail. */
import type { Pixels } from './pixels.ts';

/** Samples across a box; more would not improve the mean. */
const SAMPLES = 5;

/**
 * Returns RGBA, each pixel the mean of evenly spread samples of its box. @param edge pixels that neither side exceeds.
 */
export function boxShrink(pixels: Pixels, edge: number): { width: number; height: number; rgba: Uint8Array } {
  const { data, channels } = pixels;
  const scale = Math.max(1, Math.max(pixels.width, pixels.height) / edge);
  const width = Math.max(1, Math.round(pixels.width / scale));
  const height = Math.max(1, Math.round(pixels.height / scale));
  const columns = samplesOf(pixels.width, width);
  const rows = samplesOf(pixels.height, height);
  // In a grey picture one channel serves as all three colours.
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  const rgba = new Uint8Array(width * height * 4);
  const count = SAMPLES * SAMPLES;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 4) {
      let [r, g, b] = [0, 0, 0];
      for (let row = y * SAMPLES; row < (y + 1) * SAMPLES; row++) {
        const line = (rows[row] ?? 0) * pixels.width;
        for (let column = x * SAMPLES; column < (x + 1) * SAMPLES; column++) {
          const from = (line + (columns[column] ?? 0)) * channels;
          r += data[from] ?? 0;
          g += data[from + green] ?? 0;
          b += data[from + blue] ?? 0;
        }
      }
      rgba[to] = r / count;
      rgba[to + 1] = g / count;
      rgba[to + 2] = b / count;
      rgba[to + 3] = 255;
    }
  }
  return { width, height, rgba };
}

/** Returns the sample positions for each of `to` boxes along a side of `from` pixels. */
function samplesOf(from: number, to: number): Int32Array {
  const step = from / (to * SAMPLES);
  return Int32Array.from({ length: to * SAMPLES }, (_, index) => Math.min(from - 1, Math.floor((index + 0.5) * step)));
}
