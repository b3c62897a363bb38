import { expect, test } from 'vitest';
import type { LibraryHourRow } from '../../queries/library-counts.ts';
import { changesSince, reviewedPerDay, startOfPeriod } from './count-changes.ts';

const now = new Date(2026, 10, 30, 15, 30);

/** Returns a row of some hours ago, without changes but the given ones. */
function hour(ago: number, changes: Partial<LibraryHourRow>): LibraryHourRow {
  return {
    hour: new Date(now.getTime() - ago * 3_600_000),
    asset_count: 0,
    size_bytes: 0,
    approved_count: 0,
    rejected_count: 0,
    flagged_count: 0,
    picked_up_count: 0,
    problem_count: 0,
    missing_count: 0,
    gap_count: 0,
    reviewed_count: 0,
    counted_since: null,
    ...changes,
  };
}
const older = (changes: Partial<LibraryHourRow>) => ({ ...hour(0, changes), hour: new Date(0) });

test('startOfPeriod: begins at midnight, of today for one day', () => {
  expect(startOfPeriod(now, 1)).toEqual(new Date(2026, 10, 30));
  expect(startOfPeriod(now, 30)).toEqual(new Date(2026, 10, 1));
});

test('changesSince: sums the hours of the period, and none of what is older', () => {
  const rows = [
    older({ asset_count: 1000, approved_count: 900 }),
    hour(20, { asset_count: 50, size_bytes: 500 }),
    hour(15, { asset_count: 8, size_bytes: 80, approved_count: 3, flagged_count: 1 }),
    hour(0, { asset_count: -2, size_bytes: -20, picked_up_count: 4 }),
  ];
  expect(changesSince(rows, startOfPeriod(now, 1))).toEqual({
    assets: 6,
    bytes: 60,
    approved: 3,
    pickedUp: 4,
    unreviewed: 2,
  });
  expect(changesSince(rows, startOfPeriod(now, 7))).toMatchObject({ assets: 56, approved: 3 });
});

test('changesSince: does not know reviews when counting began within the period', () => {
  const counted_since = new Date(now.getTime() - 48 * 3_600_000);
  const rows = [
    older({ approved_count: 900, counted_since }),
    hour(60, { asset_count: 5 }),
    hour(1, { approved_count: 2 }),
  ];
  expect(changesSince(rows, startOfPeriod(now, 1))).toMatchObject({ assets: 0, approved: 2 });
  expect(changesSince(rows, startOfPeriod(now, 7))).toMatchObject({ assets: 5, approved: null, unreviewed: null });
});

test('reviewedPerDay: gives each day its reviews, a day without any 0, and a day before counting began none', () => {
  const counted_since = new Date(2026, 10, 28, 12);
  const rows = [
    older({ reviewed_count: 500, counted_since }),
    hour(24, { reviewed_count: 7 }),
    hour(22, { reviewed_count: 3 }),
    hour(1, { reviewed_count: -4 }),
  ];
  expect(reviewedPerDay(rows, now, 4)).toEqual([
    { day: new Date(2026, 10, 27), count: null },
    { day: new Date(2026, 10, 28), count: null },
    { day: new Date(2026, 10, 29), count: 10 },
    { day: new Date(2026, 10, 30), count: -4 },
  ]);
  expect(reviewedPerDay([], now, 1)).toEqual([{ day: new Date(2026, 10, 30), count: 0 }]);
});
