import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { expect, test } from 'vitest';
import { projectTotals } from './project-totals.ts';

const counts = { asset_count: 10, size_bytes: 100, approved_count: 4, rejected_count: 1, flagged_count: 0 };

test('projectTotals: adds up packages, and knows an empty project from an unknown one', () => {
  const rows = [counts, { ...counts, asset_count: 5 }] as PackageSummaryRow[];
  expect(projectTotals(rows, undefined)).toEqual({
    asset_count: 15,
    size_bytes: 200,
    review: { asset_count: 15, approved_count: 8, rejected_count: 2, flagged_count: 0 },
  });
  expect(projectTotals([], undefined).asset_count).toBe(0);
  expect(projectTotals(null, undefined)).toEqual({ asset_count: null, size_bytes: null, review: null });
  expect(projectTotals(null, { assetCount: 7, sizeBytes: 9 })).toEqual({ asset_count: 7, size_bytes: 9, review: null });
});
