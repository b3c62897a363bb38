import { expect, test } from 'vitest';
import { GridLayout } from './grid-layout.ts';
import { moveFocus } from './move-focus.ts';

/** Sections of 10, 2 and 5 assets in rows of 4; those named in `closed` are closed. */
function layout(closed: readonly string[] = []): GridLayout {
  const sections = [
    { value: 'a', start: 0, count: 10, totals: null },
    { value: 'b', start: 10, count: 2, totals: null },
    { value: 'c', start: 12, count: 5, totals: null },
  ];
  return new GridLayout({
    sections,
    columns: 4,
    grouped: true,
    rowHeightOf: () => 100,
    isOpen: ({ value }) => !closed.includes(value ?? ''),
  });
}

const moves = (key: string, indexes: number[], closed: readonly string[] = []) =>
  indexes.map((index) => moveFocus(key, index, layout(closed), 2));

test('moveFocus: arrows move by one asset or one row, and stop at the ends', () => {
  expect(moves('ArrowRight', [0, 9, 16])).toEqual([1, 10, 16]);
  expect(moves('ArrowLeft', [5, 10, 0])).toEqual([4, 9, 0]);
  expect(moves('ArrowDown', [1, 16])).toEqual([5, 16]);
  expect(moves('ArrowUp', [5, 2])).toEqual([1, 2]);
});

test('moveFocus: a move into a short row goes to its last asset, over sections too', () => {
  expect(moves('ArrowDown', [7, 9, 11])).toEqual([9, 11, 13]);
  expect(moves('ArrowUp', [15, 11])).toEqual([11, 9]);
});

test('moveFocus: Home, End and pages', () => {
  expect(moves('Home', [16])).toEqual([0]);
  expect(moves('End', [0])).toEqual([16]);
  expect(moves('PageDown', [1, 13, 16])).toEqual([9, 16, 16]);
  expect(moves('PageUp', [16, 5])).toEqual([10, 1]);
});

test('moveFocus: passes closed sections, and leaves one that was closed around the focus', () => {
  expect(moves('ArrowRight', [9, 11], ['b'])).toEqual([12, 12]);
  expect(moves('ArrowLeft', [12, 11], ['b'])).toEqual([9, 9]);
  expect(moves('ArrowDown', [9, 10], ['b'])).toEqual([13, 12]);
  expect(moves('Home', [16], ['a'])).toEqual([10]);
  expect(moves('ArrowDown', [3], ['a', 'b', 'c'])).toEqual([null]);
});

test('moveFocus: leaves other keys alone', () => {
  expect(moves('a', [3])).toEqual([null]);
});
