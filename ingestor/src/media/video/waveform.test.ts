import { expect, test } from 'vitest';
import { WaveformBuilder } from './waveform.ts';

interface Waveform {
  version: number;
  channels: number;
  sample_rate: number;
  samples_per_pixel: number;
  bits: number;
  length: number;
  data: number[];
}

function waveformOf(samples: Int16Array, chunkSize: number): Waveform {
  const bytes = Buffer.from(samples.buffer);
  const builder = new WaveformBuilder();
  for (let start = 0; start < bytes.length; start += chunkSize) builder.add(bytes.subarray(start, start + chunkSize));
  return JSON.parse(builder.toJson(48000) ?? 'null') as Waveform;
}

test.each([1999, 2001, 64_000, 1_000_000, 5_000_003])(
  'WaveformBuilder reduces %i samples to at most 2,000 correct points',
  (count) => {
    const samples = Int16Array.from({ length: count }, (_, index) => Math.round(32767 * Math.sin(index / 997)));
    const { samples_per_pixel: each, length, data, ...rest } = waveformOf(samples, 4097);
    expect(rest).toEqual({ version: 2, channels: 1, sample_rate: 48000, bits: 8 });
    expect(length).toBe(Math.ceil(count / each));
    expect(length).toBeLessThanOrEqual(2000);
    expect(length).toBeGreaterThan(count < 4000 ? 900 : 1800);
    for (const point of [0, Math.floor(length / 3), length - 1]) {
      const stretch = samples.subarray(point * each, (point + 1) * each);
      const [least, greatest] = [data[2 * point] ?? 0, data[2 * point + 1] ?? 0];
      expect(Math.abs(least - Math.min(...stretch) / 256)).toBeLessThan(1);
      expect(Math.abs(greatest - Math.max(...stretch) / 256)).toBeLessThan(1);
    }
  },
);

test('WaveformBuilder accepts samples split across chunks, and keeps their sign', () => {
  const { data } = waveformOf(Int16Array.from([-32768, 32767, -256, 255]), 1);
  expect(data).toEqual([-128, -128, 127, 127, -1, -1, 0, 0]);
});

test('WaveformBuilder returns no waveform without samples', () => {
  expect(new WaveformBuilder().toJson(48000)).toBeNull();
});
