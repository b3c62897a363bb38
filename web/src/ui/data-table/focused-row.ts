/** Returns the key of the table row that has the keyboard focus. */
export function focusedRowKey(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('tr[data-row]')?.dataset['row'];
}
