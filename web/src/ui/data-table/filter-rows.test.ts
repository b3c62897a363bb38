import { expect, test } from 'vitest';
import type { Column } from './column.ts';
import { costliestFilter } from './costliest-filter.ts';
import { type ColumnFilters, countChoices, filterRows } from './filter-rows.ts';

interface Row {
  readonly name: string;
  readonly status: string;
  readonly tags: readonly string[];
  readonly assets: number | null;
  readonly arrived: Date | null;
}

const rows: readonly Row[] = [
  {
    name: 'NL_delivery_06',
    status: 'ready',
    tags: ['hero', 'night'],
    assets: 700,
    arrived: new Date(2026, 10, 26, 14),
  },
  { name: 'NL_delivery_07', status: 'queued', tags: [], assets: null, arrived: null },
  { name: 'Crops Zoë', status: 'ready', tags: ['night'], assets: 20, arrived: new Date(2026, 10, 2) },
];
const columns: readonly Column<Row>[] = [
  { id: 'name', label: 'Package', filter: 'words', value: (row) => row.name, cell: () => null },
  {
    id: 'status',
    label: 'Status',
    filter: 'choices',
    value: (row) => row.status,
    choiceLabel: (choice) => ({ ready: 'Ready', queued: 'Waiting' })[choice] ?? choice,
    cell: () => null,
  },
  { id: 'tags', label: 'Tags', filter: 'choices', value: (row) => row.tags, cell: () => null },
  { id: 'assets', label: 'Assets', filter: 'numbers', value: (row) => row.assets, cell: () => null },
  { id: 'arrived', label: 'Arrived', filter: 'days', value: (row) => row.arrived, cell: () => null },
];

function names(filters: ColumnFilters, text = ''): string[] {
  return filterRows(rows, columns, filters, text).map(({ name }) => name);
}

test('filterRows: finds words in any order and column, without case, accents and separators', () => {
  expect(names({}, '06 nl')).toEqual(['NL_delivery_06']);
  expect(names({}, 'zoe')).toEqual(['Crops Zoë']);
  expect(names({}, 'waiting')).toEqual(['NL_delivery_07']);
  expect(names({}, 'nl-delivery')).toEqual(['NL_delivery_06', 'NL_delivery_07']);
});

test('filterRows: keeps rows that have any of the choices, and unknown ones for the empty choice', () => {
  expect(names({ tags: { kind: 'choices', values: ['hero', ''] } })).toEqual(['NL_delivery_06', 'NL_delivery_07']);
});

test('filterRows: includes the bounds of a range, and leaves out unknown numbers', () => {
  expect(names({ assets: { kind: 'range', from: 20, to: 700 } })).toEqual(['NL_delivery_06', 'Crops Zoë']);
  expect(names({ assets: { kind: 'range', from: null, to: 20 } })).toEqual(['Crops Zoë']);
  expect(names({ arrived: { kind: 'range', from: new Date(2026, 10, 26).getTime(), to: null } })).toEqual([
    'NL_delivery_06',
  ]);
});

test('filterRows: keeps only rows that meet all filters', () => {
  const ready = { status: { kind: 'choices', values: ['ready'] } } as const;
  expect(names({ ...ready, name: { kind: 'words', text: 'delivery' } })).toEqual(['NL_delivery_06']);
});

test('countChoices: counts under the other filters, and keeps choices without a row', () => {
  const filters = {
    assets: { kind: 'range', from: 100, to: null },
    tags: { kind: 'choices', values: ['night'] },
  } as const;
  const column = columns.find(({ id }) => id === 'tags') as Column<Row>;
  expect(countChoices(rows, columns, column, filters, '')).toEqual([
    { value: 'hero', label: 'hero', count: 1 },
    { value: 'night', label: 'night', count: 1 },
    { value: '', label: 'None', count: 0 },
  ]);
});

test('costliestFilter: names the filter without which the most rows match', () => {
  const filters = { name: { kind: 'words', text: 'crops' }, status: { kind: 'choices', values: ['queued'] } } as const;
  expect(costliestFilter(rows, columns, filters, '')).toEqual({ column: 'name', label: 'Package', rows: 1 });
  expect(costliestFilter(rows, columns, {}, 'no such word')).toEqual({ column: null, label: null, rows: 3 });
  expect(costliestFilter(rows, columns, { name: { kind: 'words', text: 'x' } }, 'qq')).toBeNull();
});
