/** The scales of the histograms: which value stands where, how it is written in a query, and how it is said. */
import type { HistogramName } from '../../../queries/asset-question.ts';
import { formatBytes, formatCount, formatDuration } from '../../../ui/format.ts';

export interface RangeScale {
  /** The number of steps from the left end to the right end. */
  readonly steps: number;
  /** The fewest steps between the bounds. */
  readonly gap: number;
  /** Returns the value at a step. The outermost ones mean no bound. */
  valueAt(step: number): number;
  /** Returns the nearest step within the scale. */
  stepAt(value: number): number;
  /** @param end whether the value is the lower or the upper bound. */
  write(value: number, end: 'from' | 'to'): string;
  describe(value: number, end: 'from' | 'to'): string;
}

const LOG_STEPS = 100;
const DAY = 86_400_000;

/** @param extent the smallest and the largest number among the assets. @returns null where there is nothing to narrow. */
export function rangeScale(name: HistogramName, [least, most]: readonly [number, number]): RangeScale | null {
  if (least === most) return null;
  switch (name) {
    case 'yaw':
    case 'pitch':
      return angleScale;
    case 'sharp':
      return logScale(0, most, String, (value) => formatCount(Math.round(value)));
    case 'dur':
      return logScale(0, most, String, formatDuration);
    case 'size':
      return logScale(least, most, writeSize, formatBytes);
    case 'date':
      return dateScale(least, most);
  }
}

const angleScale: RangeScale = {
  steps: 180,
  gap: 0,
  valueAt: (step) => step - 90,
  stepAt: (value) => clamped(Math.round(value) + 90, 180),
  write: String,
  describe: (value) => `${value > 0 ? '+' : ''}${String(value).replace('-', '−')}°`,
};

/** Spreads values whose sizes differ widely, in steps of equal width in log2(1 + value) as the mirror's bins. */
function logScale(
  least: number,
  most: number,
  write: (value: number) => string,
  describe: (value: number) => string,
): RangeScale {
  const from = Math.log2(1 + least);
  const width = (Math.log2(1 + most) - from) / LOG_STEPS;
  // As few digits as keep neighbouring steps apart.
  const digits = Math.max(2, Math.ceil(1 - Math.log10(2 ** width - 1)));
  return {
    steps: LOG_STEPS,
    gap: 0,
    valueAt: (step) => Number((2 ** (from + step * width) - 1).toPrecision(Math.min(digits, 15))),
    stepAt: (value) => clamped(Math.round((Math.log2(1 + Math.max(0, value)) - from) / width), LOG_STEPS),
    write: (value) => write(value),
    describe,
  };
}

function dateScale(least: number, most: number): RangeScale | null {
  const first = startOfDay(new Date(least));
  const steps = daysBetween(first, new Date(most)) + 1;
  if (steps < 2) return null;
  const dayAt = (step: number) => new Date(first.getFullYear(), first.getMonth(), first.getDate() + step);
  /** The bound itself belongs to the range, so the upper one is the day before the end. */
  const dayOf = (value: number, end: 'from' | 'to') => dayAt(clamped(stepOf(value), steps) - (end === 'to' ? 1 : 0));
  const stepOf = (value: number) => daysBetween(first, new Date(value));
  return {
    steps,
    // A day ends where the next begins.
    gap: 1,
    valueAt: (step) => dayAt(step).getTime(),
    stepAt: (value) => clamped(stepOf(value), steps),
    write(value, end) {
      const day = dayOf(value, end);
      const two = (number: number) => String(number).padStart(2, '0');
      return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
    },
    describe: (value, end) => dateFormat.format(dayOf(value, end)),
  };
}

const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** Summer time makes some days an hour shorter or longer. */
function daysBetween(first: Date, last: Date): number {
  return Math.round((startOfDay(last).getTime() - startOfDay(first).getTime()) / DAY);
}

function startOfDay(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

function writeSize(bytes: number): string {
  const units = ['b', 'kb', 'mb', 'gb', 'tb'];
  const exponent = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** exponent).toPrecision(12))}${units[exponent]}`;
}

function clamped(step: number, steps: number): number {
  return Math.max(0, Math.min(steps, step));
}
