/** The keys of a table: they move the focus from row to row, select rows and open them. */
import { useNavigate } from '@solidjs/router';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import type { Table } from './create-table.ts';
import { focusedRowKey } from './focused-row.ts';
import { moveRow } from './move-row.ts';

export interface TableKeysOptions {
  /** Returns the element around the table. */
  readonly element: () => HTMLElement;
  readonly focusRow: (key: string) => void;
  /** Gives a row the focus without moving the start of a range. */
  readonly revealRow: (key: string) => void;
  /** Returns the number of rows that fit on the screen. */
  readonly page: () => number;
}

export function createTableKeys<Row>(table: Table<Row>, options: TableKeysOptions): void {
  const navigate = useNavigate();
  const { selection } = table;

  /** Returns true when the key is meant for this table, and not for a control around or in it. */
  function isMeant({ target }: KeyboardEvent): boolean {
    if (!(target instanceof Element)) return false;
    if (options.element().contains(target)) return target.closest('thead, button:not([data-opens])') === null;
    return target === document.body || target.matches('h1, main');
  }
  function focusedRow(): string | undefined {
    const key = focusedRowKey();
    return key !== undefined && table.byKey().has(key) ? key : undefined;
  }
  function target(event: KeyboardEvent): string | undefined {
    if (!isMeant(event)) return undefined;
    const keys = table.lines().flatMap(({ kind, key }) => (kind === 'row' ? [key] : []));
    const focused = focusedRow();
    // The first press shows where the focus is.
    if (focused === undefined && event.key.startsWith('Arrow')) {
      const last = selection.focused();
      return last !== undefined && keys.includes(last) ? last : keys[0];
    }
    const index = moveRow(event.key, focused === undefined ? -1 : keys.indexOf(focused), keys.length, options.page());
    return index === null ? undefined : keys[index];
  }
  function move(event: KeyboardEvent): boolean {
    const key = target(event);
    if (key === undefined) return false;
    options.focusRow(key);
    return true;
  }
  const selects = (event: KeyboardEvent) => table.selects === true && isMeant(event);

  createShortcuts({
    move,
    moveFar: move,
    selectRange(event) {
      const key = selects(event) ? target(event) : undefined;
      if (key === undefined) return false;
      selection.rangeTo(key);
      options.revealRow(key);
      return true;
    },
    select(event) {
      const key = selects(event) ? focusedRow() : undefined;
      if (key === undefined) return false;
      selection.toggle(key);
      return true;
    },
    selectAll(event) {
      if (!selects(event)) return false;
      selection.all();
      return true;
    },
    open(event) {
      // A link and a button open by themselves.
      if (!isMeant(event) || (event.target instanceof Element && event.target.closest('a, button') !== null))
        return false;
      const row = table.byKey().get(selection.focused() ?? '');
      if (row === undefined || focusedRow() === undefined) return false;
      if (table.href !== undefined) navigate(table.href(row));
      else if (table.onOpen !== undefined) table.onOpen(row);
      else return false;
      return true;
    },
    back() {
      if (selection.keys().size === 0) return false;
      selection.clear();
      return true;
    },
  });
}
