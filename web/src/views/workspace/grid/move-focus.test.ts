import { expect, test } from 'vitest';
import { moveFocus } from './move-focus.ts';

// 0 1 2 3
// 4 5 6 7
// 8 9
const grid = { length: 10, columns: 4, pageRows: 2 };
const move = (key: string, index: number) => moveFocus(key, index, grid);

test('moveFocus: moves to the neighbour with arrows, also across the ends of rows', () => {
  expect([move('ArrowRight', 3), move('ArrowLeft', 4), move('ArrowDown', 1), move('ArrowUp', 9)]).toEqual([4, 3, 5, 5]);
});

test('moveFocus: stays in its column at an edge, and moves to the last item of a short last row', () => {
  expect([move('ArrowUp', 2), move('ArrowLeft', 0), move('ArrowRight', 9), move('ArrowDown', 9)]).toEqual([2, 0, 9, 9]);
  expect([move('ArrowDown', 7), move('PageDown', 0), move('PageDown', 3), move('PageUp', 9)]).toEqual([9, 8, 9, 1]);
});

test('moveFocus: moves to the ends with Home and End, and returns null for other keys and empty grids', () => {
  expect([move('Home', 7), move('End', 2)]).toEqual([0, 9]);
  expect(move('x', 2)).toBeNull();
  expect(moveFocus('End', 0, { ...grid, length: 0 })).toBeNull();
});
