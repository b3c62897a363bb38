import { expect, test } from 'vitest';
import { killIngestors } from './kill-ingestors.ts';

test('two ingestors that are killed repeatedly bring the library to the same state as an undisturbed one', async () => {
  const signal = new AbortController().signal;
  const report = await killIngestors({ seed: 1, kills: 5, size: { crops: 20, longest: 1 }, signal });
  expect(report.differences, report.differences.join('\n')).toEqual([]);
  expect(report.orphans).toEqual([]);
  expect(report.compared).toBeGreaterThan(60);
}, 180_000);
