import { describe, expect, test } from 'vitest';
import { askedDelay, RETRY_RULE, retryDelay } from './retry-delay.ts';

describe('retryDelay', () => {
  test('retryDelay doubles with each attempt, within the upper half of the range', () => {
    expect([0, 1, 2, 3].map((attempt) => retryDelay(attempt, null, 1))).toEqual([1000, 2000, 4000, 8000]);
    expect([0, 1, 2, 3].map((attempt) => retryDelay(attempt, null, 0))).toEqual([500, 1000, 2000, 4000]);
  });

  test('retryDelay ends after the last attempt', () => expect(retryDelay(RETRY_RULE.attempts - 1, 10, 0)).toBe(null));

  test('retryDelay never exceeds the rule’s maximum', () => {
    expect(retryDelay(20, null, 1, { attempts: 50, baseMs: 1000, maxMs: 9000 })).toBe(9000);
  });

  test('retryDelay waits at least as long as requested, and gives up on excessive requests', () => {
    expect(retryDelay(0, 7000, 1)).toBe(7000);
    expect(retryDelay(3, 10, 1)).toBe(8000);
    expect(retryDelay(0, 3_600_000, 1)).toBe(null);
  });
});

test.each([
  [null, '{"error":{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"13.5s"}]}}', 13_500],
  ['3', '{"error":{"details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure"}]}}', 3000],
  ['3', 'Too many requests', 3000],
  ['7', '', 7000],
  ['Mon, 23 Nov 2026 10:00:05 GMT', '', 5000],
  ['soon', '', null],
  [null, '{}', null],
])('askedDelay(%s, %s) is %s ms', (header, body, expected) => {
  expect(askedDelay(header, body, Date.parse('2026-11-23T10:00:00Z'))).toBe(expected);
});
