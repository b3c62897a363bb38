import { expect, test } from 'vitest';
import { GridLayout, HEADER, PADDING } from './grid-layout.ts';

const section = (value: string, start: number, count: number) => ({ value, start, count, totals: null });

/** Three sections of 7, 2 and 5 assets in rows of 3, with rows of 100 pixels. */
function layout(closed: readonly string[] = [], grouped = true): GridLayout {
  return new GridLayout({
    sections: [section('a', 0, 7), section('b', 7, 2), section('c', 9, 5)],
    columns: 3,
    grouped,
    rowHeightOf: () => 100,
    isOpen: ({ value }) => !closed.includes(value ?? ''),
  });
}

test('GridLayout: places headers and rows below each other, and no row across two sections', () => {
  const grid = layout();
  expect(grid.rows).toBe(6);
  expect(grid.height).toBe(3 * HEADER + 600 + PADDING);
  expect([0, 2, 3, 4].map((row) => grid.row(row))).toMatchObject([
    { start: 0, end: 3, top: HEADER },
    { start: 6, end: 7, top: HEADER + 200 },
    { start: 7, end: 9, top: 2 * HEADER + 300 },
    { start: 9, end: 12, top: 3 * HEADER + 400 },
  ]);
  expect(grid.row(6)).toBeNull();
  expect([0, 6, 7, 8, 13].map((index) => grid.rowOf(index))).toEqual([0, 2, 3, 3, 5]);
});

test('GridLayout: finds every row by its pixels', () => {
  const grid = layout();
  for (let number = 0; number < grid.rows; number++) {
    const row = grid.row(number);
    expect(grid.rowAt((row?.top ?? 0) + 1)).toBe(number);
    expect(grid.rowAt((row?.top ?? 0) + 99)).toBe(number);
  }
  expect(grid.rowAt(0)).toBe(0);
  expect(grid.rowAt(grid.height)).toBe(6);
});

test('GridLayout: a closed section keeps its header and has no rows', () => {
  const grid = layout(['a']);
  expect(grid.rows).toBe(3);
  expect(grid.row(0)).toMatchObject({ start: 7, end: 9, top: 2 * HEADER });
  expect(grid.extentOf(4)).toEqual({ top: 0, bottom: HEADER });
  expect(grid.sectionsWithin(0, 2 * HEADER).map(({ value }) => value)).toEqual(['a', 'b']);
  expect(layout(['a', 'b', 'c']).rows).toBe(0);
});

test('GridLayout: without a grouping, rows begin below the padding', () => {
  const grid = layout([], false);
  expect(grid.row(0)?.top).toBe(PADDING);
  expect(grid.height).toBe(2 * PADDING + 600);
});

test('GridLayout: places the last row of a million assets without a list of rows', () => {
  const grid = new GridLayout({
    sections: [section('a', 0, 1_000_000)],
    columns: 5,
    grouped: true,
    rowHeightOf: () => 181,
    isOpen: () => true,
  });
  expect(grid.row(199_999)).toMatchObject({ start: 999_995, end: 1_000_000, top: HEADER + 199_999 * 181 });
});
