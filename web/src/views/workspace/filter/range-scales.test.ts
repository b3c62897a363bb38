import { expect, test } from 'vitest';
import type { HistogramName } from '../../../queries/asset-question.ts';
import { readRange, withRange } from '../../../queries/query/range-choice.ts';
import { rangeScale } from './range-scales.ts';
import { describeRange, moveThumb, stepsOf } from './range-steps.ts';

const extents: [HistogramName, number, number][] = [
  ['yaw', -80, 85],
  ['sharp', 3.2, 720.4],
  ['dur', 0.33, 3725],
  ['size', 180_000, 269_999],
  ['size', 0, 94_000_000_000],
  ['date', new Date(2026, 1, 1, 10).getTime(), new Date(2026, 1, 11, 23).getTime()],
];

test.each(extents)(
  'rangeScale: a thumb of %s (%d to %d) stands where the query’s text puts it',
  (name, least, most) => {
    const scale = rangeScale(name, [least, most]);
    if (scale === null) throw new Error('There is no scale.');
    for (let step = 1; step < scale.steps; step++) {
      for (const end of ['from', 'to'] as const) {
        const written = { from: null, to: null, [end]: scale.write(scale.valueAt(step), end) };
        const text = withRange('', name, written);
        const range = readRange(text, name);
        expect(range, text).not.toBeNull();
        expect(stepsOf(scale, range)[end], text).toBe(step);
      }
    }
    expect(stepsOf(scale, null)).toEqual({ from: 0, to: scale.steps });
  },
);

test('rangeScale: has nothing to narrow where all numbers are equal, or all dates on a day', () => {
  expect(rangeScale('size', [5, 5])).toBeNull();
  expect(rangeScale('date', [new Date(2026, 1, 1, 8).getTime(), new Date(2026, 1, 1, 9).getTime()])).toBeNull();
});

test('describeRange: says the bounds there are', () => {
  const angles = rangeScale('yaw', [-80, 85]);
  const days = rangeScale('date', [new Date(2026, 1, 1).getTime(), new Date(2026, 1, 11).getTime()]);
  if (!angles || !days) throw new Error('There is no scale.');
  expect(describeRange(angles, { from: 60, to: 120 })).toBe('−30° to +30°');
  expect(describeRange(angles, { from: 90, to: 180 })).toBe('from 0°');
  expect(describeRange(angles, { from: 0, to: 180 })).toBe('');
  expect(describeRange(days, { from: 0, to: 3 })).toBe('up to 3 Feb 2026');
  expect(days.write(days.valueAt(3), 'to')).toBe('2026-02-03');
});

test('moveThumb: stops at the other thumb and at the ends', () => {
  const scale = rangeScale('yaw', [-80, 85]);
  if (!scale) throw new Error('There is no scale.');
  expect(moveThumb(scale, { from: 10, to: 20 }, 'from', 30)).toEqual({ from: 20, to: 20 });
  expect(moveThumb(scale, { from: 10, to: 20 }, 'from', -5)).toEqual({ from: 0, to: 20 });
  expect(moveThumb(scale, { from: 10, to: 20 }, 'to', 999)).toEqual({ from: 10, to: 180 });
});
