import { expect, test } from 'vitest';
import {
  countFrames,
  formatAgo,
  formatBytes,
  formatCountOf,
  formatDuration,
  formatFrameRange,
  formatFrameRate,
  formatHours,
  formatMissingFrames,
  formatMoment,
  formatResolution,
  formatWhen,
} from './format.ts';

test('formatBytes: uses at most three digits and a fitting unit', () => {
  expect([0, 999, 1000, 999_499, 999_500, 12_345_678, 41e9, 5e18].map(formatBytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1 kB',
    '999 kB',
    '1 MB',
    '12.3 MB',
    '41 GB',
    '5,000 PB',
  ]);
  expect(formatBytes(null)).toBe('–');
});

test('formatDuration: shows minutes and seconds, hours when needed, tenths below ten seconds', () => {
  expect([0, 4.24, 9.96, 59.6, 3723.4].map(formatDuration)).toEqual(['0:00.0', '0:04.2', '0:10', '1:00', '1:02:03']);
  expect(formatDuration(null)).toBe('–');
});

test('formatFrameRange, formatMissingFrames: mark frames with f, and count the gaps of a long list', () => {
  expect(formatFrameRange(1, 8)).toBe('f1-8');
  expect(formatFrameRange(5, 5)).toBe('f5');
  expect(formatFrameRange(null, null)).toBeNull();
  expect(formatMissingFrames('7')).toBe('f7 missing');
  expect(formatMissingFrames('1003,1010-1014')).toBe('6 frames missing');
  expect(countFrames('-3--1,0')).toBe(4);
});

test('formatFrameRate, formatResolution: show decimals, and a dash when either part is unknown', () => {
  expect(formatFrameRate(24_000, 1001)).toBe('23.976 fps');
  expect(formatFrameRate(25, 1)).toBe('25 fps');
  expect(formatFrameRate(25, null)).toBe('–');
  expect(formatResolution(1920, 1080)).toBe('1920 × 1080');
  expect(formatResolution(null, 1080)).toBe('–');
});

test('formatCountOf: uses the singular for one', () => {
  expect([0, 1, 10_000].map((count) => formatCountOf(count, 'asset'))).toEqual([
    '0 assets',
    '1 asset',
    '10,000 assets',
  ]);
});

test('formatAgo: uses the largest unit that fits, and the date after a month', () => {
  const now = new Date('2026-03-04T12:00:00Z');
  const ago = (seconds: number) => formatAgo(new Date(now.getTime() - seconds * 1000), now);
  expect([10, 180, 3590, 7200, 86_400, 3 * 86_400].map(ago)).toEqual([
    'just now',
    '3 min. ago',
    '1 hr. ago',
    '2 hr. ago',
    'yesterday',
    '3 days ago',
  ]);
  expect(ago(90 * 86_400)).toContain('2025');
});

test('formatMoment: omits the date when it is today', () => {
  const now = new Date(2026, 2, 4, 12, 0);
  expect(formatMoment(new Date(2026, 2, 4, 9, 5), now)).toBe('09:05');
  expect(formatMoment(new Date(2026, 2, 3, 9, 5), now)).toBe('3 Mar 2026, 09:05');
});

test('formatWhen: shows the time today, then the day, and the year when it is another one', () => {
  const now = new Date(2026, 2, 4, 12, 0);
  expect(formatWhen(new Date(2026, 2, 4, 9, 5), now)).toBe('09:05');
  expect(formatWhen(new Date(2026, 0, 3, 9, 5), now)).toBe('3 Jan');
  expect(formatWhen(new Date(2025, 11, 31), now)).toBe('31 Dec 2025');
  expect(formatWhen(null, now)).toBe('–');
});

test('formatHours: leaves out seconds', () => {
  expect([126_840, 3540, 29, 7200].map((seconds) => formatHours(seconds))).toEqual([
    '35 h 14 min',
    '59 min',
    '0 min',
    '2 h 0 min',
  ]);
  expect(formatHours(null)).toBe('–');
});
