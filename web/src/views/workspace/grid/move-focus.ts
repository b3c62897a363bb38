/** Computes where a key moves the focus in a grid with sections. */
import type { GridLayout } from './grid-layout.ts';

/**
 * Moves within a column, across sections and past closed ones.
 *
 * @param pageRows whole rows that fit on the screen, at least 1.
 * @returns the new position in the order; null when the key does not move the focus, or no asset is shown.
 */
export function moveFocus(key: string, index: number, layout: GridLayout, pageRows: number): number | null {
  if (layout.rows === 0) return null;
  const row = layout.rowOf(index);
  const section = layout.sectionOf(index);
  const isClosed = section === undefined || section.rows === 0;
  switch (key) {
    case 'ArrowLeft':
      return isClosed ? endOf(layout, row - 1) : beside(layout, index, -1);
    case 'ArrowRight':
      return isClosed ? startOf(layout, row) : beside(layout, index, 1);
    case 'ArrowUp':
      return inRow(layout, row - 1, index);
    case 'ArrowDown':
      return inRow(layout, isClosed ? row : row + 1, index);
    case 'PageUp':
      return inRow(layout, row - pageRows, index);
    case 'PageDown':
      return inRow(layout, row + pageRows, index);
    case 'Home':
      return startOf(layout, 0);
    case 'End':
      return endOf(layout, layout.rows - 1);
    default:
      return null;
  }
}

/** Returns the position in a row, at most the last, that is in the column of another position. */
function inRow(layout: GridLayout, wanted: number, index: number): number {
  const target = layout.row(Math.max(0, Math.min(layout.rows - 1, wanted)));
  const from = layout.row(layout.rowOf(index));
  if (target === null || (from !== null && target.start === from.start && index >= from.start && index < from.end)) {
    return index;
  }
  const column = from === null || index < from.start ? 0 : index - from.start;
  return Math.min(target.start + column, target.end - 1);
}

function beside(layout: GridLayout, index: number, step: 1 | -1): number {
  const row = layout.rowOf(index);
  const here = layout.row(row);
  const target = index + step;
  if (here === null) return index;
  if (target >= here.start && target < here.end) return target;
  return step === 1 ? startOf(layout, row + 1, index) : endOf(layout, row - 1, index);
}

function startOf(layout: GridLayout, row: number, otherwise?: number): number {
  return layout.row(row)?.start ?? otherwise ?? (layout.row(layout.rows - 1)?.end ?? 1) - 1;
}

function endOf(layout: GridLayout, row: number, otherwise?: number): number {
  const found = layout.row(row);
  return found ? found.end - 1 : (otherwise ?? layout.row(0)?.start ?? 0);
}
