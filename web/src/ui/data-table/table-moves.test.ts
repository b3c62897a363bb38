import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { createRowSelection } from './create-row-selection.ts';
import { groupRows } from './group-rows.ts';
import { moveRow } from './move-row.ts';
import { dayOf, endOfDay, formatBound, parseBound, startOfDay } from './typed-bounds.ts';

test('moveRow: stays within the rows', () => {
  expect(moveRow('ArrowDown', -1, 30)).toBe(0);
  expect(moveRow('ArrowDown', 29, 30)).toBe(29);
  expect(moveRow('ArrowUp', 0, 30)).toBe(0);
  expect(moveRow('PageDown', 25, 30, 8)).toBe(29);
  expect(moveRow('PageUp', 20, 30, 8)).toBe(12);
  expect(moveRow('End', 3, 30)).toBe(29);
  expect(moveRow('Home', 3, 0)).toBeNull();
  expect(moveRow('x', 3, 30)).toBeNull();
});

test('createRowSelection: selects a range from the last single choice, beside what was selected', () => {
  createRoot((dispose) => {
    const selection = createRowSelection(() => ['a', 'b', 'c', 'd', 'e']);
    selection.toggle('a');
    selection.toggle('e');
    selection.focus('b');
    selection.rangeTo('c');
    expect([...selection.keys()]).toEqual(['a', 'b', 'c', 'e']);
    selection.only('d');
    expect([...selection.keys()]).toEqual(['d']);
    expect(selection.focused()).toBe('d');
    dispose();
  });
});

test('createRowSelection: never has a row that is not listed, and moves the focus to the row in its place', () => {
  createRoot((dispose) => {
    const [listed, setListed] = createSignal(['a', 'b', 'c']);
    const selection = createRowSelection(listed);
    selection.all();
    selection.focus('b');
    setListed(['a', 'c']);
    expect([...selection.keys()]).toEqual(['a', 'c']);
    expect(selection.focused()).toBe('c');
    setListed([]);
    expect(selection.focused()).toBeUndefined();
    dispose();
  });
});

test('groupRows: orders groups by rank, then by label, and keeps the order of the rows', () => {
  const rows = ['b2', 'a1', 'b1', 'c1'];
  const ranks: Readonly<Record<string, number>> = { c: -1 };
  const grouping = {
    label: 'Letter',
    of: (row: string) => ({ key: row[0] ?? '', label: row[0] ?? '', rank: ranks[row[0] ?? ''] ?? 0 }),
  };
  expect(groupRows(rows, grouping).map(({ key, rows: inside }) => [key, inside])).toEqual([
    ['c', ['c1']],
    ['a', ['a1']],
    ['b', ['b2', 'b1']],
  ]);
  expect(groupRows(rows, null)).toEqual([{ key: '', label: '', rows }]);
});

test('parseBound: reads a number in its unit, and nothing as no bound', () => {
  expect(parseBound(' 1.5 ', 1e9)).toBe(1.5e9);
  expect(parseBound('', 1e9)).toBeNull();
  expect(parseBound('many', 1)).toBeNull();
  expect(formatBound(1.5e9, 1e9)).toBe('1.5');
});

test('startOfDay: begins a day that endOfDay ends', () => {
  const [start, end] = [startOfDay('2026-11-30'), endOfDay('2026-11-30')];
  expect([dayOf(start), dayOf(end)]).toEqual(['2026-11-30', '2026-11-30']);
  expect(dayOf((end ?? 0) + 1)).toBe('2026-12-01');
  expect(startOfDay('')).toBeNull();
});
