import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

test('Pace gives no estimate in the first seconds, nor for stalled work', () => {
  const pace = new Pace();
  pace.add(0, 0);
  pace.add(1000, 50);
  expect([pace.perSecond(), pace.secondsFor(10)]).toEqual([null, null]);
  const still = new Pace();
  for (let at = 0; at <= 60_000; at += 1000) still.add(at, 7);
  expect([still.perSecond(), still.secondsFor(10), still.secondsFor(0)]).toEqual([0, null, 0]);
});

test('Pace covers the last half minute', () => {
  const pace = new Pace();
  for (let at = 0; at <= 60_000; at += 1000) pace.add(at, at / 100);
  for (let at = 61_000; at <= 120_000; at += 1000) pace.add(at, 600 + (at - 60_000) / 1000);
  expect(pace.perSecond()).toBeCloseTo(1, 5);
  expect(pace.secondsFor(90)).toBeCloseTo(90, 3);
});

test('Pace restarts when the work restarts', () => {
  const pace = new Pace();
  for (let at = 0; at <= 10_000; at += 1000) pace.add(at, at);
  pace.add(11_000, 0);
  expect(pace.perSecond()).toBeNull();
});
