import { expect, test } from 'vitest';
import { eventLines, plainLines } from './progress-display.ts';
import type { RunView } from './run-view.ts';

const view = (at: number, done: number): RunView => ({
  run: 'r',
  package: 'day_2',
  status: 'processing',
  held: null,
  filesFound: 3,
  assetsRegistered: 3,
  assetsFailed: 0,
  work: [{ kind: 'thumbnails', done, failed: 0, total: 3 }],
  waitsFor: null,
  at,
});

test('plainLines prints nothing for a short run, and a line every ten seconds for a long one', () => {
  const lines: string[] = [];
  const display = plainLines((line) => lines.push(line));
  for (let at = 5000; at <= 26_000; at += 1000) display.show(view(at, 1));
  display.show(null);
  expect(lines).toEqual(Array(2).fill('day_2: working, 3 files, 3 assets, thumbnails 1/3\n'));
});

test('eventLines writes a line for each change, but not when only the time changed', () => {
  const lines: string[] = [];
  const display = eventLines((line) => lines.push(line));
  for (const [at, done] of [
    [1, 0],
    [2, 0],
    [3, 1],
  ] as const)
    display.show(view(at, done));
  display.show(null);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'progress', status: 'processing', work: { thumbnails: { done: 0, total: 3 } } },
    { work: { thumbnails: { done: 1 } } },
  ]);
});
