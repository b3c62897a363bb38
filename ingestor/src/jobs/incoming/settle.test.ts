import { expect, test } from 'vitest';
import { isSettled, type TreeState, waitingFor, watchOn } from './settle.ts';

const MINUTE = 60_000;
const seen = (fingerprint: string, partial = 0): TreeState => ({ fingerprint, files: 1, size: 10, partial });

test('isSettled is true when a folder has not changed for the whole window', () => {
  const first = watchOn(null, seen('a'), 0);
  expect(isSettled(first, 0, MINUTE)).toBe(false);
  const same = watchOn(first, seen('a'), MINUTE - 1);
  expect(isSettled(same, MINUTE - 1, MINUTE)).toBe(false);
  expect(isSettled(watchOn(same, seen('a'), MINUTE), MINUTE, MINUTE)).toBe(true);
});

test('isSettled restarts the window when a folder changes', () => {
  const grown = watchOn(watchOn(null, seen('a'), 0), seen('b'), MINUTE);
  expect(isSettled(grown, MINUTE, MINUTE)).toBe(false);
  expect(isSettled(watchOn(grown, seen('b'), 2 * MINUTE), 2 * MINUTE, MINUTE)).toBe(true);
});

test('isSettled waits for partial files, but not forever', () => {
  const copying = watchOn(null, seen('a', 1), 0);
  expect(isSettled(watchOn(copying, seen('a', 1), 60 * MINUTE), 60 * MINUTE, MINUTE)).toBe(false);
  expect(waitingFor(copying)).toBe('1 of its files is still being copied.');
  expect(isSettled(copying, 24 * 60 * MINUTE, MINUTE)).toBe(true);
  const finished = watchOn(copying, seen('a'), 5 * MINUTE);
  expect(isSettled(finished, 5 * MINUTE, MINUTE)).toBe(false);
  expect(isSettled(finished, 6 * MINUTE, MINUTE)).toBe(true);
});
