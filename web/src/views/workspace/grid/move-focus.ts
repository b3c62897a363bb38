/** Computes where a key moves the focus in a grid that is filled row by row. */

export interface GridShape {
  readonly length: number;
  readonly columns: number;
  /** Whole rows that fit on the screen, at least 1. */
  readonly pageRows: number;
}

/** @returns the new index; null when the key does not move the focus, or the grid is empty. */
export function moveFocus(key: string, index: number, grid: GridShape): number | null {
  const step = stepOf(key, index, grid);
  if (step === null || grid.length === 0) return null;
  const target = index + step;
  // Moves beyond the first or last row stay in their column; moves into the gap of a short last row go to its last item.
  if (target < 0) return Math.abs(step) >= grid.columns ? index % grid.columns : 0;
  if (target < grid.length) return target;
  const lastRow = Math.floor((grid.length - 1) / grid.columns);
  if (Math.floor(index / grid.columns) === lastRow) return Math.abs(step) >= grid.columns ? index : grid.length - 1;
  return Math.min(grid.length - 1, lastRow * grid.columns + (index % grid.columns));
}

function stepOf(key: string, index: number, { length, columns, pageRows }: GridShape): number | null {
  switch (key) {
    case 'ArrowLeft':
      return -1;
    case 'ArrowRight':
      return 1;
    case 'ArrowUp':
      return -columns;
    case 'ArrowDown':
      return columns;
    case 'PageUp':
      return -columns * pageRows;
    case 'PageDown':
      return columns * pageRows;
    case 'Home':
      return -index;
    case 'End':
      return length - 1 - index;
    default:
      return null;
  }
}
