import { expect, test } from 'vitest';
import type { ReplicaChange } from '../model/replica.ts';
import { mayTouch, type TableRead } from './table-reads.ts';

function changed(packages: string[] | null, columns: string[] | null): ReplicaChange {
  const change = { packages: packages && new Set(packages), columns: columns && new Set(columns) };
  return { tables: new Map([['assets', change]]) };
}
const read = (rest: Omit<TableRead, 'table'> = {}): TableRead[] => [{ table: 'assets', ...rest }];

test('mayTouch: is false for another table, another package or other columns', () => {
  expect(mayTouch(changed(['p'], ['name']), [{ table: 'runs' }])).toBe(false);
  expect(mayTouch(changed(['p'], ['name']), read({ packageId: 'q' }))).toBe(false);
  expect(mayTouch(changed(['p'], ['name']), read({ packageId: 'p', columns: ['size_bytes'] }))).toBe(false);
});

test('mayTouch: is true when rows are added or deleted, and when the package is unknown', () => {
  expect(mayTouch(changed(['p'], ['name']), [{ table: 'runs' }, ...read({ columns: ['id', 'name'] })])).toBe(true);
  expect(mayTouch(changed(['p'], null), read({ packageId: 'p', columns: ['size_bytes'] }))).toBe(true);
  expect(mayTouch(changed(null, ['name']), read({ packageId: 'q' }))).toBe(true);
});
