import { expect, test } from 'vitest';
import { waveformBars } from './waveform-bars.ts';

test('waveformBars: takes the loudest sample of each stretch, whichever its sign', () => {
  const data = [-10, 5, -64, 20, 0, 127, -3, 2];
  expect(waveformBars({ bits: 8, data }, 2)).toEqual([0.5, 127 / 128]);
  expect(waveformBars({ bits: 16, data: [-16_384, 0] }, 8)).toEqual([0.5]);
});

test('waveformBars: an empty waveform has no bars', () => {
  expect(waveformBars({ bits: 8, data: [] }, 8)).toEqual([]);
});
