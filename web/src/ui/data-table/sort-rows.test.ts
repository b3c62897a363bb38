import { expect, test } from 'vitest';
import type { Column } from './column.ts';
import { nextSort, sortRows } from './sort-rows.ts';

interface Row {
  readonly name: string;
  readonly size: number | null;
  readonly tags: readonly string[];
  readonly status: string;
}

const rows: readonly Row[] = [
  { name: 'take_10', size: null, tags: ['b'], status: 'ready' },
  { name: 'Take_9', size: 5, tags: [], status: 'queued' },
  { name: 'alpha', size: 70, tags: ['a', 'c'], status: 'error' },
];
const order = ['queued', 'ready', 'error'];
const columns: readonly Column<Row>[] = [
  { id: 'name', label: 'Name', value: (row) => row.name, cell: (row) => row.name },
  { id: 'size', label: 'Size', value: (row) => row.size, cell: (row) => row.size },
  { id: 'tags', label: 'Tags', value: (row) => row.tags, cell: () => null },
  {
    id: 'status',
    label: 'Status',
    value: (row) => row.status,
    rank: (row) => order.indexOf(row.status),
    cell: () => null,
  },
];

function sorted(column: string, descending = false): string[] {
  return sortRows(rows, columns, { column, descending }).map(({ name }) => name);
}

test('sortRows: compares names as people do', () => {
  expect(sorted('name')).toEqual(['alpha', 'Take_9', 'take_10']);
  expect(sorted('name', true)).toEqual(['take_10', 'Take_9', 'alpha']);
});

test('sortRows: keeps unknown values last in both directions', () => {
  expect(sorted('size')).toEqual(['Take_9', 'alpha', 'take_10']);
  expect(sorted('size', true)).toEqual(['alpha', 'Take_9', 'take_10']);
  expect(sorted('tags', true)).toEqual(['take_10', 'alpha', 'Take_9']);
});

test('sortRows: sorts by the rank where a column has one', () => {
  expect(sorted('status')).toEqual(['Take_9', 'take_10', 'alpha']);
});

test('sortRows: keeps the order for a column that there is not', () => {
  expect(sorted('former')).toEqual(['take_10', 'Take_9', 'alpha']);
});

test('nextSort: turns the direction, and begins with the largest number and with A', () => {
  const [name, size] = columns as [Column<Row>, Column<Row>];
  expect(nextSort(null, size, rows)).toEqual({ column: 'size', descending: true });
  expect(nextSort({ column: 'size', descending: true }, name, rows)).toEqual({ column: 'name', descending: false });
  expect(nextSort({ column: 'name', descending: false }, name, rows)).toEqual({ column: 'name', descending: true });
});
