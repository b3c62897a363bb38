import { expect, test } from 'vitest';
import { backoffDelay } from './backoff.ts';

test('backoffDelay: doubles with each attempt up to the cap, and never waits less than half of that', () => {
  const options = { base: 500, cap: 30_000 };
  expect([0, 1, 2, 10, 2000].map((attempt) => backoffDelay(attempt, options, () => 1))).toEqual([
    500, 1000, 2000, 30_000, 30_000,
  ]);
  expect(backoffDelay(3, options, () => 0)).toBe(2000);
});
