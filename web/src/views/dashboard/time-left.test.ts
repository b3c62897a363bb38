import { expect, test } from 'vitest';
import { formatTimeLeft, secondsLeft, withSample } from './time-left.ts';

const run = { run_status: 'processing', run_held: null, run_assets_registered: 1000, started_at: new Date(0) } as const;

test('withSample: keeps the last minute, and the one sample before it', () => {
  let samples = withSample([], { at: 0, done: 0 });
  for (const at of [10_000, 50_000, 65_000, 80_000]) samples = withSample(samples, { at, done: at / 1000 });
  expect(samples.map(({ at }) => at)).toEqual([10_000, 50_000, 65_000, 80_000]);
});

test('secondsLeft: follows the pace of the last minute', () => {
  const samples = [
    { at: 40_000, done: 100 },
    { at: 100_000, done: 400 },
  ];
  expect(secondsLeft(run, samples)).toBe(120);
});

test('secondsLeft: is not known in the first 20 seconds, without progress, and while the run is held', () => {
  const early = [
    { at: 5000, done: 1 },
    { at: 15_000, done: 10 },
  ];
  const still = [
    { at: 50_000, done: 10 },
    { at: 90_000, done: 10 },
  ];
  expect(secondsLeft(run, early)).toBeNull();
  expect(secondsLeft(run, still)).toBeNull();
  const moving = [...early, { at: 60_000, done: 400 }];
  expect(secondsLeft({ ...run, run_held: 'paused' }, moving)).toBeNull();
  expect(secondsLeft({ ...run, run_status: 'scanning' }, moving)).toBeNull();
  expect(secondsLeft(run, moving)).not.toBeNull();
});

test('formatTimeLeft: rounds up to minutes, then to hours', () => {
  expect([40, 370, 8000].map(formatTimeLeft)).toEqual([
    'less than a minute left',
    'about 7 min left',
    'about 2 h left',
  ]);
});
