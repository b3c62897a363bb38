import { expect, test } from 'vitest';
import type { Column } from './column.ts';
import type { ColumnFilter } from './filter-rows.ts';
import { formatFilter, formatSort, parseFilters, parseSort } from './table-address.ts';

const columns: readonly Column<object>[] = [
  { id: 'name', label: 'Name', filter: 'words', cell: () => null },
  { id: 'tags', label: 'Tags', filter: 'choices', cell: () => null },
  { id: 'assets', label: 'Assets', filter: 'numbers', cell: () => null },
  { id: 'pictures', label: 'Pictures', cell: () => null },
];

test('formatSort: is read back as it was', () => {
  for (const sort of [
    { column: 'size', descending: true },
    { column: 'name', descending: false },
  ])
    expect(parseSort(formatSort(sort))).toEqual(sort);
  expect(parseSort('')).toBeNull();
});

test('formatFilter: is read back as it was, commas in choices included', () => {
  const filters: Readonly<Record<string, ColumnFilter>> = {
    name: { kind: 'words', text: 'jane, doe' },
    tags: { kind: 'choices', values: ['night, shoot', '@none', ''] },
    assets: { kind: 'range', from: -1.5, to: null },
  };
  const parameters = Object.fromEntries(Object.entries(filters).map(([id, filter]) => [id, formatFilter(filter)]));
  expect(parseFilters(columns, parameters)).toEqual(filters);
});

test('formatFilter: leaves out a filter that asks for nothing', () => {
  expect(formatFilter({ kind: 'words', text: '' })).toBeUndefined();
  expect(formatFilter({ kind: 'choices', values: [] })).toBeUndefined();
  expect(formatFilter({ kind: 'range', from: null, to: null })).toBeUndefined();
});

test('parseFilters: turns a range that was turned round, and leaves out what it cannot read', () => {
  expect(parseFilters(columns, { assets: '90..10' })).toEqual({ assets: { kind: 'range', from: 10, to: 90 } });
  expect(parseFilters(columns, { assets: 'many', pictures: 'x', other: 'y', tags: '%' })).toEqual({
    tags: { kind: 'choices', values: ['%'] },
  });
});
