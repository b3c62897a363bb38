import { expect, test } from 'vitest';
import type { TableChange } from '../model/replica.ts';
import { PendingReads } from './pending-reads.ts';

const [near, far, one, two] = ['near', 'far', 'one', 'two'] as const;
const isNear = (packageId: string) => packageId === near;

function change(table: string, told: Partial<TableChange>) {
  return { tables: new Map([[table, { packages: null, columns: null, ...told }]]) };
}
const named = (...ids: string[]) => ({ ids: new Set(ids), packages: new Set<string>() });

test('PendingReads: reads changed assets by their ids', () => {
  const reads = new PendingReads();
  const told = { packages: new Set([near]), columns: new Set(['review_status']), assets: named(one) };
  expect(reads.add(change('assets', told), isNear)).toBe(true);
  expect([reads.assets, reads.tags, reads.packages]).toEqual([new Set([one]), new Set(), new Set()]);
});

test('PendingReads: ignores a change of columns that no list asks for', () => {
  const reads = new PendingReads();
  const told = { packages: new Set([near]), columns: new Set(['thumbnail_status']), assets: named(one) };
  expect(reads.add(change('assets', told), isNear)).toBe(false);
  expect(reads.isEmpty).toBe(true);
});

test('PendingReads: keeps apart assets that can only have left', () => {
  const reads = new PendingReads();
  reads.add(change('assets', { packages: new Set([far]), assets: named(one) }), isNear);
  reads.add(change('assets', { packages: new Set([far, near]), assets: named(two) }), isNear);
  expect([reads.left, reads.assets]).toEqual([new Set([one]), new Set([two])]);
});

test('PendingReads: reads the tags of an asset that may have entered', () => {
  const reads = new PendingReads();
  const told = { packages: new Set([near]), columns: new Set(['deleted_at']), assets: named(one) };
  reads.add(change('assets', told), isNear);
  expect(reads.tags).toEqual(new Set([one]));
});

test('PendingReads: reads only tags when only tags changed', () => {
  const reads = new PendingReads();
  reads.add(change('asset_tags', { packages: new Set([near]), assets: named(one) }), isNear);
  expect([reads.tags, reads.assets, reads.left]).toEqual([new Set([one]), new Set(), new Set()]);
});

test('PendingReads: reads packages whose changed assets are not named, and everything when no package is', () => {
  const reads = new PendingReads();
  const swept = { packages: new Set([near, far]), assets: { ids: new Set<string>(), packages: new Set([near, far]) } };
  reads.add(change('assets', swept), isNear);
  expect(reads.packages).toEqual(new Set([near]));
  reads.add(change('asset_tags', { packages: null, columns: null }), isNear);
  expect(reads.packages).toBe(null);
});

test('PendingReads: reads the folders of changed packages', () => {
  const reads = new PendingReads();
  expect(reads.add(change('folders', { packages: new Set([far]) }), isNear)).toBe(false);
  expect(reads.add(change('folders', { packages: new Set([near]) }), isNear)).toBe(true);
  expect(reads.folders).toEqual(new Set([near]));
});

test('PendingReads: reads which packages there are when one comes, is deleted or moves', () => {
  const reads = new PendingReads();
  expect(reads.add(change('packages', { columns: new Set(['status']) }), isNear)).toBe(false);
  expect(reads.add(change('projects', { columns: new Set(['deleted_at', 'deleted_by']) }), isNear)).toBe(true);
  expect(reads.places).toBe(true);
});
