import { describe, expect, test } from 'vitest';
import { Pace } from './pace.ts';
import { progressLine, renderProgress } from './render-progress.ts';
import type { RunView } from './run-view.ts';

const style = { width: 80, color: false };
const view: RunView = {
  run: 'r',
  package: 'day_2',
  status: 'processing',
  held: null,
  filesFound: 1200,
  assetsRegistered: 300,
  assetsFailed: 2,
  work: [
    { kind: 'thumbnails', done: 148, failed: 2, total: 300 },
    { kind: 'proxies', done: 0, failed: 0, total: 0 },
  ],
  waitsFor: null,
  at: 0,
};

/** Ten a second. */
function steadyPace(): Pace {
  const pace = new Pace();
  for (let at = 0; at <= 10_000; at += 1000) pace.add(at, at / 100);
  return pace;
}

describe('renderProgress', () => {
  test('shows the counts, and for each kind of work a bar, its rate and the time left', () => {
    expect(renderProgress(view, new Map([['thumbnails', steadyPace()]]), style)).toEqual([
      'day_2: working, 1200 files, 300 assets, 2 with a problem',
      '  thumbnails  ████████████░░░░░░░░░░░░ 150/300 (2 failed)  10/s  about 15 s left',
    ]);
  });

  test('shows no time left while the run is paused or waits', () => {
    const paces = new Map([['thumbnails', steadyPace()]]);
    const paused = renderProgress({ ...view, held: 'paused' }, paces, style).join('\n');
    expect(paused).toContain('day_2: paused');
    expect(paused).not.toContain('left');
    expect(renderProgress({ ...view, waitsFor: 'no ingestor is running' }, paces, style).join()).not.toContain('left');
  });

  test('fits the width of the terminal, and omits the bar when there is no room', () => {
    for (const width of [20, 40, 80, 200]) {
      for (const line of renderProgress(view, new Map([['thumbnails', steadyPace()]]), { width, color: false })) {
        expect(line.length).toBeLessThanOrEqual(width);
      }
    }
    expect(renderProgress(view, new Map(), { width: 40, color: false }).join()).not.toContain('█');
  });

  test('uses colour only when allowed, and shows a full bar only when all is done', () => {
    const almost = { ...view, work: [{ kind: 'proxies', done: 9999, failed: 0, total: 10_000 }] };
    expect(renderProgress(almost, new Map(), style).join()).toMatch(/█░ /);
    expect(renderProgress(view, new Map(), style).join()).not.toContain('\u001b');
    expect(renderProgress(view, new Map(), { ...style, color: true }).join()).toContain('\u001b[2m');
  });

  test('escapes terminal codes in a package’s name', () => {
    expect(renderProgress({ ...view, package: 'a\u001b[2Jb' }, new Map(), style)[0]).toContain(String.raw`a\u{1b}[2Jb`);
  });
});

test('progressLine puts the counts on one line', () => {
  expect(progressLine(view)).toBe('day_2: working, 1200 files, 300 assets, 2 with a problem, thumbnails 150/300');
});
