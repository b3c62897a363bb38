import { expect, test } from 'vitest';
import { deletePackages, deletePackagesTitle, pickUpPackages } from './package-changes.ts';

test('deletePackages: says what goes along, before and after', () => {
  expect(deletePackagesTitle(3, 1204)).toBe('Delete 3 packages and their 1,204 assets (restorable for 30 days)');
  expect(deletePackages(['1', '2', '3'], 1204).done(3)).toBe('Deleted 3 packages and their 1,204 assets');
  expect(deletePackages(['1'], 1).done(1)).toBe('Deleted 1 package and its 1 asset');
});

test('deletePackages: gives no number that is not known, and mentions no assets where there are none', () => {
  expect(deletePackagesTitle(1, null)).toBe('Delete 1 package and its assets (restorable for 30 days)');
  expect(deletePackagesTitle(1, 0)).toBe('Delete 1 package (restorable for 30 days)');
});

test('pickUpPackages: counts the packages that really changed', () => {
  expect(pickUpPackages(['1', '2'], false)).toMatchObject({ label: 'Hand back 2 packages' });
  expect(pickUpPackages(['1', '2'], true).done(1)).toBe('Picked up 1 package');
});
