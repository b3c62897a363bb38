import { expect, test } from 'vitest';
import { reviewShare } from './review-share.ts';

test('reviewShare: says 100 only when all is reviewed, and 0 only when nothing is', () => {
  const counts = { asset_count: 1000, approved_count: 998, rejected_count: 1, flagged_count: 0 };
  expect(reviewShare(counts)).toEqual({ approved: 99, rejected: 1, flagged: 0, reviewed: 99 });
  expect(reviewShare({ ...counts, flagged_count: 1 })?.reviewed).toBe(100);
  expect(reviewShare({ ...counts, approved_count: 0 })?.reviewed).toBe(1);
});

test('reviewShare: is unknown where there is nothing to review', () => {
  expect(reviewShare({ asset_count: 0, approved_count: 0, rejected_count: 0, flagged_count: 0 })).toBeNull();
});
