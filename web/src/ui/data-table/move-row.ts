/** Rows per press of PageUp or PageDown, when the height of the list is not known. */
const PAGE = 10;

/**
 * Returns the index of the row that a key leads to; null for another key.
 *
 * @param index the row with the keyboard focus; -1: none.
 * @param page the rows that fit on the screen.
 */
export function moveRow(key: string, index: number, count: number, page = PAGE): number | null {
  if (count === 0) return null;
  const within = (wanted: number) => Math.max(0, Math.min(count - 1, wanted));
  switch (key) {
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowUp':
      return within(index < 0 ? 0 : index - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'PageDown':
      return within(Math.max(index, 0) + page);
    case 'PageUp':
      return within(index - page);
    default:
      return null;
  }
}
