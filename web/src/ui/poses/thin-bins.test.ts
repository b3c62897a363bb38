import { expect, test } from 'vitest';
import { PoseGrid } from './pose-grid.ts';
import type { Face } from './testing/face-bins.ts';
import { faceBins } from './testing/face-bins.ts';
import { formatRegion, neighboursOf, thinBins, thinRuns } from './thin-bins.ts';

const core = { yaw: 30, pitch: 20, below: null };

/** One face bin for each of the core's 24 bins, with this many faces but for the exceptions. */
function coreFaces(count: number, exceptions: Readonly<Record<string, number>>): Face[] {
  const faces: Face[] = [];
  for (let yaw = -25; yaw < 30; yaw += 10) {
    for (let pitch = -15; pitch < 20; pitch += 10)
      faces.push({ yaw, pitch, count: exceptions[`${yaw} ${pitch}`] ?? count });
  }
  return faces;
}

test('thinBins: finds bins below a tenth of the mean, the emptiest first, and none outside the core', () => {
  const faces = coreFaces(100, { '-25 15': 8, '25 -15': 0, '-15 15': 9 });
  const thin = thinBins(new PoseGrid(10, faceBins(10, [...faces, { yaw: 85, pitch: 5 }])), core);
  expect(thin).toEqual({
    core: 24,
    below: 9,
    bins: [
      { region: { yaw: [20, 30], pitch: [-20, -10] }, count: 0 },
      { region: { yaw: [-30, -20], pitch: [10, 20] }, count: 8 },
    ],
  });
});

test('thinBins: looks at bins of 10 degrees when narrower ones are shown', () => {
  const halves = coreFaces(10, {}).flatMap(({ yaw, pitch }) =>
    [-2.5, 2.5].map((step) => ({ yaw: yaw + step, pitch: pitch + 2.5, count: 5 })),
  );
  const thin = thinBins(new PoseGrid(5, faceBins(5, halves)), { ...core, below: 10 });
  expect(thin).toEqual({ core: 24, below: 10, bins: [] });
});

test('thinBins: knows nothing where there is no face', () => {
  expect(thinBins(new PoseGrid(10, faceBins(10, [])), core)).toBeNull();
  expect(thinBins(new PoseGrid(10, null), core)).toBeNull();
});

test('thinRuns: joins thin bins beside each other, those that lack the most first', () => {
  const faces = coreFaces(100, { '-25 15': 8, '-15 15': 2, '25 -15': 0 });
  const thin = thinBins(new PoseGrid(10, faceBins(10, faces)), { ...core, below: 50 });
  expect(thin && thinRuns(thin)).toEqual([
    { region: { yaw: [-30, -10], pitch: [10, 20] }, have: 10, want: 100 },
    { region: { yaw: [20, 30], pitch: [-20, -10] }, have: 0, want: 50 },
  ]);
});

test('neighboursOf: takes one bin more on each side', () => {
  const region = neighboursOf({ yaw: [-60, -50], pitch: [80, 90] });
  expect(region).toEqual({ yaw: [-70, -40], pitch: [70, 90] });
  expect(formatRegion(region)).toBe('−70° to −40°, +70° to +90°');
});
