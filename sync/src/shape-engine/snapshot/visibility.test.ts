import { expect, test } from 'vitest';
import { isVisible, parseSnapshotBounds, RecentTransactions } from './visibility.ts';

test('isVisible: true before xmin, false from xmax on, and true between them unless in progress', () => {
  const bounds = parseSnapshotBounds('100:105:100,103');
  expect([99, 100, 101, 103, 104, 105, 200].map((xid) => isVisible(bounds, xid))).toEqual([
    true,
    false,
    true,
    false,
    true,
    false,
    false,
  ]);
});

test('isVisible: resolves the log’s 32-bit ids near the snapshot, even across the wraparound', () => {
  const wrap = 2n ** 32n;
  const bounds = parseSnapshotBounds(`${3n * wrap - 2n}:${3n * wrap + 5n}:${3n * wrap + 1n}`);
  expect(isVisible(bounds, 2 ** 32 - 3)).toBe(true);
  expect(isVisible(bounds, 0)).toBe(true);
  expect(isVisible(bounds, 1)).toBe(false);
  expect(isVisible(bounds, 5)).toBe(false);
});

test('RecentTransactions: allVisible detects a transaction in the log that the snapshot does not see yet', () => {
  const recent = new RecentTransactions(3);
  for (const xid of [10, 11, 12, 13]) recent.add(xid);
  expect(recent.allVisible(parseSnapshotBounds('14:14:'))).toBe(true);
  expect(recent.allVisible(parseSnapshotBounds('12:14:12'))).toBe(false);
});

test('RecentTransactions: clear forgets ids that a restored database has not assigned yet', () => {
  const recent = new RecentTransactions(3);
  for (const xid of [10, 11, 12, 13]) recent.add(xid);
  recent.clear();
  expect(recent.allVisible(parseSnapshotBounds('5:5:'))).toBe(true);
  recent.add(6);
  expect(recent.allVisible(parseSnapshotBounds('5:5:'))).toBe(false);
});
