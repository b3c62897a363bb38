import { expect, test } from 'vitest';
import { reviewedShare } from './reviewed-share.ts';

const section = (count: number, approved: number) => ({
  count,
  totals: { approved, rejected: 0, flagged: 0, sizeBytes: 0, durationSeconds: null },
});

test('reviewedShare: rounds, but neither to none nor to all', () => {
  expect(reviewedShare(section(200, 137))).toBe(69);
  expect(reviewedShare(section(10_000, 1))).toBe(1);
  expect(reviewedShare(section(10_000, 9_999))).toBe(99);
  expect(reviewedShare(section(3, 3))).toBe(100);
  expect(reviewedShare(section(3, 0))).toBe(0);
});
