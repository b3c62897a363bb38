import { expect, test } from 'vitest';
import { formatRecent } from './format-recent.ts';

test('formatRecent: gives the time today, then the day, then the year', () => {
  const now = new Date(2026, 10, 30, 15, 30);
  const dates = [
    new Date(2026, 10, 30, 0, 5),
    new Date(2026, 10, 29, 23, 59),
    new Date(2026, 10, 28, 12),
    new Date(2025, 10, 30, 15, 30),
  ];
  expect(dates.map((date) => formatRecent(date, now))).toEqual(['00:05', 'Yesterday', '28 Nov', '30 Nov 2025']);
});
